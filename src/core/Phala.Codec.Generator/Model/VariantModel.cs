namespace Phala.Codec.Generator.Model;

/// <summary>A case of a union or a member of an enum.</summary>
/// <param name="Name">The name.</param>
/// <param name="Index">The byte that stands for it.</param>
/// <param name="Body">The fields.</param>
/// <param name="Docs">The documentation, line by line.</param>
internal sealed record VariantModel(string Name, byte Index, BodyModel Body, EquatableArray<string> Docs)
{
    /// <summary>The name as code writes it.</summary>
    internal string CodeName => Reading.Symbols.Escaped(Name);
}
