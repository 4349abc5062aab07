namespace Phala.Codec.TypeInfo;

/// <summary>A variant of an enum.</summary>
/// <param name="Name">The name.</param>
/// <param name="Fields">The fields.</param>
/// <param name="Index">The byte that stands for the variant.</param>
/// <param name="Docs">The documentation, line by line.</param>
public sealed record TypeVariant(string Name, IReadOnlyList<TypeField> Fields, byte Index, IReadOnlyList<string> Docs);
