namespace Phala.Codec.Generator.Model;

/// <summary>A field of a record or case.</summary>
/// <param name="Name">The name in C#.</param>
/// <param name="Codec">The full name of the codec.</param>
/// <param name="RustName">The name in metadata.</param>
/// <param name="RustType">The type's name in metadata.</param>
/// <param name="Docs">The documentation, line by line.</param>
/// <param name="Count">The fixed number of elements, or null.</param>
internal sealed record FieldModel(
    string Name,
    string Codec,
    string RustName,
    string RustType,
    EquatableArray<string> Docs,
    int? Count);
