namespace Phala.Codec;

/// <summary>
/// Asks the generator for a type's SCALE codec and its description for metadata. The type is a partial record (or struct) whose fields are encoded
/// in the order of declaration; an abstract partial record whose nested cases bear <see cref="VariantAttribute"/>; or a C# enum.
/// </summary>
/// <param name="path">
/// The path in metadata, such as <c>sp_core::crypto::AccountId32</c>; by default the namespace, the containing types and the name. If it is empty, metadata shows fixed
/// bytes as an array and unnamed fields as a tuple, without a type around them.
/// </param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class ScaleAttribute(string? path = null) : Attribute
{
    /// <summary>The path in metadata, or null for the one that follows from the C# name.</summary>
    public string? Path { get; } = path;

    /// <summary>Whether metadata shows the fields without names, as those of a Rust tuple struct.</summary>
    public bool Unnamed { get; init; }
}
