namespace Phala.Codec;

/// <summary>Gives a field the name that it has in metadata where C# can't: a record's parameter can't have the record's own name.</summary>
/// <param name="name">The name, in snake case.</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ScaleNameAttribute(string name) : Attribute
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;
}
