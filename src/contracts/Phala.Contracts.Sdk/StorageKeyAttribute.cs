namespace Phala.Contracts;

/// <summary>Says under which name something is stored, where it is not the property's: so that properties can be renamed.</summary>
/// <param name="name">The name; the key is the first four bytes of its BLAKE2b-256 hash.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class StorageKeyAttribute(string name) : Attribute
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;
}
