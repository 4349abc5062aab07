namespace Phala.Codec.Generator.Model;

/// <summary>All that the generator needs to know of a type.</summary>
/// <param name="Shape">The kind of type.</param>
/// <param name="Namespace">The namespace, or empty.</param>
/// <param name="Containers">The headers of the containing types, outermost first, such as <c>static partial class Outer</c>.</param>
/// <param name="Header">The header of the type's own partial declaration, such as <c>partial record struct Push</c>.</param>
/// <param name="Name">The name without type parameters.</param>
/// <param name="SelfType">The name as code inside the type writes it, such as <c>Pair&lt;T&gt;</c>.</param>
/// <param name="HintName">The name of the generated file.</param>
/// <param name="Access">The accessibility, for the codec of an enum.</param>
/// <param name="Path">The path in metadata.</param>
/// <param name="TypeParameters">The type parameters in metadata.</param>
/// <param name="Docs">The documentation, line by line.</param>
/// <param name="Body">The fields of a record.</param>
/// <param name="Variants">The cases of a union or members of an enum, by index.</param>
/// <param name="FixedLength">The number of opaque bytes.</param>
/// <param name="IsRecursive">Whether values may contain values of the same type.</param>
/// <param name="Diagnostics">What is wrong; nothing is generated unless this is empty.</param>
internal sealed record TypeModel(
    Shape Shape,
    string Namespace,
    EquatableArray<string> Containers,
    string Header,
    string Name,
    string SelfType,
    string HintName,
    string Access,
    EquatableArray<string> Path,
    EquatableArray<ParameterModel> TypeParameters,
    EquatableArray<string> Docs,
    BodyModel Body,
    EquatableArray<VariantModel> Variants,
    int FixedLength,
    bool IsRecursive,
    EquatableArray<DiagnosticModel> Diagnostics);
