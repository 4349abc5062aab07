using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Phala.Codec.Generator.Model;

namespace Phala.Codec.Generator.Reading;

/// <summary>Reads the cases of unions and the members of enums.</summary>
internal static class VariantReader
{
    internal static ImmutableArray<VariantModel> ReadCases(INamedTypeSymbol union, ImmutableArray<DiagnosticModel>.Builder diagnostics)
    {
        List<(VariantModel Variant, ISymbol Symbol)> variants = [];
        foreach (INamedTypeSymbol nested in Symbols.Cases(union))
        {
            if (!nested.IsSealed || !nested.IsRecord || nested.TypeParameters.Length > 0)
            {
                diagnostics.Add(DiagnosticModel.At(nested, Diagnostics.UnsupportedCase, nested.Name, union.Name));
            }
            else if (Symbols.IntArgument(nested, KnownNames.VariantAttribute) is not { } index)
            {
                diagnostics.Add(DiagnosticModel.At(nested, Diagnostics.CaseWithoutIndex, nested.Name, union.Name));
            }
            else
            {
                BodyModel body = BodyReader.Read(nested, nested, diagnostics);
                variants.Add((new VariantModel(nested.Name, (byte)index, body, new(Documentation.Summary(nested))), nested));
            }
        }

        return Checked(union, variants, diagnostics);
    }

    internal static ImmutableArray<VariantModel> ReadMembers(INamedTypeSymbol type, ImmutableArray<DiagnosticModel>.Builder diagnostics)
    {
        List<(VariantModel Variant, ISymbol Symbol)> variants = [];
        foreach (IFieldSymbol member in type.GetMembers().OfType<IFieldSymbol>().Where(static member => member.HasConstantValue))
        {
            decimal value = Convert.ToDecimal(member.ConstantValue, CultureInfo.InvariantCulture);
            if (value is < byte.MinValue or > byte.MaxValue)
            {
                diagnostics.Add(DiagnosticModel.At(member, Diagnostics.IndexOutOfRange, member.Name, value.ToString(CultureInfo.InvariantCulture)));
            }
            else
            {
                variants.Add((new VariantModel(member.Name, (byte)value, BodyModel.Empty, new(Documentation.Summary(member))), member));
            }
        }

        return Checked(type, variants, diagnostics);
    }

    private static ImmutableArray<VariantModel> Checked(
        INamedTypeSymbol type, List<(VariantModel Variant, ISymbol Symbol)> variants, ImmutableArray<DiagnosticModel>.Builder diagnostics)
    {
        if (variants.Count == 0 && diagnostics.Count == 0) diagnostics.Add(DiagnosticModel.At(type, Diagnostics.UnsupportedShape, type.Name));
        foreach (IGrouping<byte, (VariantModel Variant, ISymbol Symbol)> same in variants.GroupBy(static pair => pair.Variant.Index))
        {
            foreach ((VariantModel variant, ISymbol symbol) in same.Skip(1))
            {
                string index = variant.Index.ToString(CultureInfo.InvariantCulture);
                diagnostics.Add(DiagnosticModel.At(symbol, Diagnostics.DuplicateIndex, variant.Name, index, same.First().Variant.Name));
            }
        }

        return [.. variants.Select(static pair => pair.Variant).OrderBy(static variant => variant.Index)];
    }
}
