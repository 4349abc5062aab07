namespace Phala.Codec.Generator.Model;

/// <summary>All that the generator needs to know of a class whose documentation is asked for.</summary>
/// <param name="Namespace">The namespace, or empty.</param>
/// <param name="Headers">The headers of the containing types, outermost first, and of the class.</param>
/// <param name="HintName">The name of the generated file.</param>
/// <param name="Summary">The summary of the class, line by line.</param>
/// <param name="Fields">The public static fields in order.</param>
/// <param name="Diagnostics">What is wrong; nothing is generated unless this is empty.</param>
internal sealed record DocsModel(
    string Namespace,
    EquatableArray<string> Headers,
    string HintName,
    EquatableArray<string> Summary,
    EquatableArray<DocumentedField> Fields,
    EquatableArray<DiagnosticModel> Diagnostics);
