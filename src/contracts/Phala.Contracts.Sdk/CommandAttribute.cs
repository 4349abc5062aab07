namespace Phala.Contracts;

/// <summary>Marks a method that changes the contract: part of the chain's history, computed the same by every worker.</summary>
/// <param name="name">Its name to the outside; the method's name in snake case where there is none.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CommandAttribute(string? name = null) : Attribute
{
    /// <summary>Its name to the outside.</summary>
    public string? Name { get; } = name;

    /// <summary>Whether it takes tokens.</summary>
    public bool Payable { get; init; }

    /// <summary>Whether it can fail with an error of the contract: part of what it returns then. Only where the contract has errors.</summary>
    public bool Fails { get; init; } = true;

    /// <summary>The selector, where it does not follow from the name.</summary>
    public uint Selector { get; init; }
}
