namespace Phala.Contracts;

/// <summary>Marks a constructor with which the contract can be made.</summary>
/// <param name="name">Its name to the outside, of which the first four bytes of its BLAKE2b-256 hash are the selector.</param>
[AttributeUsage(AttributeTargets.Constructor)]
public sealed class ConstructorAttribute(string name = "new") : Attribute
{
    /// <summary>Its name to the outside.</summary>
    public string Name { get; } = name;

    /// <summary>Whether it takes tokens.</summary>
    public bool Payable { get; init; }

    /// <summary>The selector, where it does not follow from the name.</summary>
    public uint Selector { get; init; }
}
