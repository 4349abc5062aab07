namespace Phala.Codec.TypeInfo;

/// <summary>A type parameter and its argument.</summary>
/// <param name="Name">The parameter's name, such as <c>T</c>.</param>
/// <param name="Type">The id of the argument, or null where the type does not depend on it.</param>
public readonly record struct TypeParameter(string Name, int? Type);
