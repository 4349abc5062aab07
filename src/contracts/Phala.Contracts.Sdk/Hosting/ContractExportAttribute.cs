namespace Phala.Contracts.Hosting;

/// <summary>Makes a static method without parameters a function that the contract's module exports.</summary>
/// <param name="name">The export's name: <c>deploy</c> or <c>call</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ContractExportAttribute(string name) : Attribute
{
    /// <summary>The export's name.</summary>
    public string Name { get; } = name;
}
