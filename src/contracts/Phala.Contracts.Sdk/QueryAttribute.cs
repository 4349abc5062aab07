namespace Phala.Contracts;

/// <summary>Marks a method that looks at the contract and changes nothing. One with a parameter of type <see cref="Queries.QueryContext"/> also reaches the world outside.</summary>
/// <param name="name">Its name to the outside; the method's name in snake case where there is none.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class QueryAttribute(string? name = null) : Attribute
{
    /// <summary>Its name to the outside.</summary>
    public string? Name { get; } = name;

    /// <summary>Whether it can fail with an error of the contract: part of what it returns then.</summary>
    public bool Fails { get; init; }

    /// <summary>The selector, where it does not follow from the name.</summary>
    public uint Selector { get; init; }
}
