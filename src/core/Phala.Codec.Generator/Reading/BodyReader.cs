using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Phala.Codec.Generator.Model;

namespace Phala.Codec.Generator.Reading;

/// <summary>Reads the fields of a record, struct or case.</summary>
internal static class BodyReader
{
    /// <param name="type">The type with the fields.</param>
    /// <param name="attributed">The type that says whether its fields have names in metadata.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    internal static BodyModel Read(INamedTypeSymbol type, INamedTypeSymbol attributed, ImmutableArray<DiagnosticModel>.Builder diagnostics)
    {
        bool isUnnamed = Symbols.Flag(attributed, KnownNames.ScaleAttribute, "Unnamed") || Symbols.Flag(attributed, KnownNames.VariantAttribute, "Unnamed");
        IMethodSymbol? primary = Symbols.PrimaryConstructor(type);
        CheckState(type, primary, diagnostics);
        IEnumerable<FieldModel?> fields = Fields(type).Select(field => ReadField(type, field, diagnostics));
        return new BodyModel(new([.. fields.OfType<FieldModel>()]), primary is not null, isUnnamed);
    }

    /// <summary>The parameters of a positional record; otherwise the instance state in the order of declaration.</summary>
    internal static IEnumerable<ISymbol> Fields(INamedTypeSymbol type) =>
        Symbols.PrimaryConstructor(type) is { } primary ? primary.Parameters : Symbols.State(type);

    internal static ITypeSymbol TypeOf(ISymbol field) => field switch
    {
        IParameterSymbol parameter => parameter.Type,
        IPropertySymbol property => property.Type,
        IFieldSymbol plain => plain.Type,
        _ => throw new ArgumentException(field.Kind.ToString(), nameof(field)),
    };

    private static void CheckState(INamedTypeSymbol type, IMethodSymbol? primary, ImmutableArray<DiagnosticModel>.Builder diagnostics)
    {
        foreach (ISymbol state in Symbols.State(type))
        {
            bool isEncoded = primary is null
                ? IsSettable(state)
                : primary.Parameters.Any(parameter => parameter.Name == state.Name);
            if (!isEncoded) diagnostics.Add(DiagnosticModel.At(state, Diagnostics.StateNotEncoded, state.Name));
        }
    }

    private static bool IsSettable(ISymbol state) => state switch
    {
        IPropertySymbol property => property.SetMethod is not null,
        IFieldSymbol field => !field.IsReadOnly,
        _ => false,
    };

    private static FieldModel? ReadField(INamedTypeSymbol type, ISymbol field, ImmutableArray<DiagnosticModel>.Builder diagnostics)
    {
        ITypeSymbol fieldType = TypeOf(field);
        int? count = Symbols.IntArgument(field, KnownNames.LengthAttribute);
        bool isCompact = Symbols.Has(field, KnownNames.CompactAttribute);
        if (isCompact && !FieldTypes.IsUnsignedInteger(fieldType))
        {
            diagnostics.Add(DiagnosticModel.At(field, Diagnostics.CompactOnOther, field.Name, fieldType.ToDisplayString()));
            return null;
        }

        if (count is { } length && (fieldType is not IArrayTypeSymbol || length < 0))
        {
            diagnostics.Add(DiagnosticModel.At(field, Diagnostics.LengthOnOther, field.Name, fieldType.ToDisplayString(), $"{length}"));
            return null;
        }

        if (FieldTypes.Resolve(fieldType, isCompact, count) is not { } form)
        {
            diagnostics.Add(DiagnosticModel.At(field, Diagnostics.UnsupportedFieldType, field.Name, fieldType.ToDisplayString()));
            return null;
        }

        ImmutableArray<string> docs = field is IParameterSymbol ? Documentation.Parameter(type, field.Name) : Documentation.Summary(field);
        string name = Symbols.TextArgument(field, KnownNames.ScaleNameAttribute) ?? RustNames.SnakeCase(field.Name);
        return new FieldModel(Symbols.Escaped(field.Name), form.Codec, name, form.RustName, new(docs), count);
    }
}
