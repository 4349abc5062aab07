namespace Phala.Codec.TypeInfo;

/// <summary>One type of a registry: what clients read in the chain's metadata.</summary>
/// <param name="Path">The name with its modules, such as <c>sp_core</c>, <c>crypto</c>, <c>AccountId32</c>; empty for types without a name.</param>
/// <param name="Parameters">The type parameters.</param>
/// <param name="Definition">What the type consists of.</param>
/// <param name="Docs">The documentation, line by line.</param>
public sealed record TypeDescription(
    IReadOnlyList<string> Path,
    IReadOnlyList<TypeParameter> Parameters,
    TypeDefinition Definition,
    IReadOnlyList<string> Docs)
{
    /// <summary>A type without name, parameters and documentation.</summary>
    public static TypeDescription Anonymous(TypeDefinition definition) => new([], [], definition, []);
}
