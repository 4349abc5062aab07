namespace Phala.Contracts;

/// <summary>Marks a partial interface of contracts: its methods are commands and queries under the interface's name, and <c>At(address)</c> makes calls of a contract that has them.</summary>
/// <param name="name">The interface's name to the outside, before <c>::</c> and a method's name; without one its methods have their own names alone.</param>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class ContractInterfaceAttribute(string? name = null) : Attribute
{
    /// <summary>The interface's name to the outside.</summary>
    public string? Name { get; } = name;

    /// <summary>The enum of its errors: which its commands return, and its queries that say that they fail.</summary>
    public Type? Error { get; init; }
}
