namespace Phala.Codec.Generator.Reading;

/// <summary>How a field is written.</summary>
/// <param name="Codec">The full name of the codec.</param>
/// <param name="RustName">The type's name in metadata.</param>
internal readonly record struct FieldForm(string Codec, string RustName);
