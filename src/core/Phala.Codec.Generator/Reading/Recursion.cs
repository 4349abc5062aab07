using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Phala.Codec.Generator.Model;

namespace Phala.Codec.Generator.Reading;

/// <summary>Finds types that contain themselves.</summary>
internal static class Recursion
{
    /// <summary>A limit for generic types that contain ever larger instances of themselves.</summary>
    private const int MaxVisited = 1000;

    /// <summary>Whether a value may contain, at any remove, a value of the same type.</summary>
    internal static bool ReachesItself(INamedTypeSymbol type)
    {
        HashSet<ITypeSymbol> visited = new(SymbolEqualityComparer.Default);
        Queue<ITypeSymbol> pending = new(Parts(type, isDirect: false));
        while (pending.Count > 0)
        {
            ITypeSymbol part = pending.Dequeue();
            if (SymbolEqualityComparer.Default.Equals(part.OriginalDefinition, type.OriginalDefinition) || visited.Count > MaxVisited) return true;
            if (!visited.Add(part)) continue;
            foreach (ITypeSymbol next in Parts(part, isDirect: false)) pending.Enqueue(next);
        }

        return false;
    }

    /// <summary>Reports a type all of whose values contain another of its values.</summary>
    internal static void CheckEnds(INamedTypeSymbol type, ImmutableArray<DiagnosticModel>.Builder diagnostics)
    {
        if (type.TypeKind == TypeKind.Enum || IsUnion(type)) return;
        foreach (ISymbol field in BodyReader.Fields(type))
        {
            bool isFixed = Symbols.Has(field, KnownNames.LengthAttribute);
            if (!ContainsDirectly(BodyReader.TypeOf(field), isFixed, type, new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default))) continue;
            diagnostics.Add(DiagnosticModel.At(field, Diagnostics.ContainsItself, type.Name, field.Name));
        }
    }

    private static bool ContainsDirectly(ITypeSymbol type, bool isFixed, INamedTypeSymbol sought, HashSet<ITypeSymbol> visited)
    {
        if (type is IArrayTypeSymbol array) return isFixed && ContainsDirectly(array.ElementType, isFixed: false, sought, visited);
        if (type is not INamedTypeSymbol || type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated }) return false;
        if (SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, sought.OriginalDefinition)) return true;
        return visited.Count < MaxVisited && visited.Add(type) && Parts(type, isDirect: true).Any(part => ContainsDirectly(part, isFixed: false, sought, visited));
    }

    private static IEnumerable<ITypeSymbol> Parts(ITypeSymbol type, bool isDirect) => type switch
    {
        IArrayTypeSymbol array => isDirect ? [] : [array.ElementType],
        INamedTypeSymbol { IsTupleType: true } tuple => tuple.TupleElements.Select(static element => element.Type),
        INamedTypeSymbol named when Symbols.Has(named.OriginalDefinition, KnownNames.ScaleAttribute) => IsUnion(named)
            ? isDirect ? [] : Symbols.Cases(named).SelectMany(static option => BodyReader.Fields(option).Select(BodyReader.TypeOf))
            : BodyReader.Fields(named).Where(field => !isDirect || BodyReader.TypeOf(field) is not IArrayTypeSymbol).Select(BodyReader.TypeOf)
                .Concat(isDirect ? [] : named.TypeArguments),
        INamedTypeSymbol named => isDirect ? [] : named.TypeArguments,
        _ => [],
    };

    private static bool IsUnion(INamedTypeSymbol type) => type is { IsRecord: true, IsAbstract: true };
}
