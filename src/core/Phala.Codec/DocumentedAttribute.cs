namespace Phala.Codec;

/// <summary>
/// Asks the generator for a partial class's <c>///</c> comments as data: a private property <c>Docs</c> of type <see cref="TypeInfo.ClassDocs"/>, so that metadata
/// shows what stands in the code and nothing is written twice.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class DocumentedAttribute : Attribute;
