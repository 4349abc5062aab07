using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Phala.Codec.Generator.Reading;

/// <summary>Questions about symbols.</summary>
internal static class Symbols
{
    private static readonly SymbolDisplayFormat FullFormat =
        SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    internal static bool Has(ISymbol symbol, string attribute) => Find(symbol, attribute) is not null;

    internal static AttributeData? Find(ISymbol symbol, string attribute) =>
        symbol.GetAttributes().FirstOrDefault(candidate => candidate.AttributeClass?.ToDisplayString() == attribute);

    internal static int? IntArgument(ISymbol symbol, string attribute) =>
        Find(symbol, attribute)?.ConstructorArguments.FirstOrDefault().Value switch
        {
            int number => number,
            byte number => number,
            _ => null,
        };

    internal static string? TextArgument(ISymbol symbol, string attribute) =>
        Find(symbol, attribute)?.ConstructorArguments.FirstOrDefault().Value as string;

    internal static bool Flag(ISymbol symbol, string attribute, string name) =>
        Find(symbol, attribute)?.NamedArguments.Any(argument => argument.Key == name && argument.Value.Value is true) == true;

    /// <summary>The types around a type, outermost first.</summary>
    internal static IEnumerable<INamedTypeSymbol> Containers(INamedTypeSymbol type)
    {
        Stack<INamedTypeSymbol> containers = new();
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType) containers.Push(outer);
        return containers;
    }

    internal static bool IsPartial(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Any(static reference =>
            reference.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    /// <summary>The header of a type's partial declaration, such as <c>partial record struct Push</c>.</summary>
    internal static string Header(INamedTypeSymbol type)
    {
        string kind = type switch
        {
            { IsRecord: true, IsValueType: true } => "record struct",
            { IsRecord: true } => "record",
            { TypeKind: TypeKind.Struct } => "struct",
            { TypeKind: TypeKind.Interface } => "interface",
            _ => "class",
        };
        return $"partial {kind} {NameWithParameters(type)}";
    }

    /// <summary>The full name in letters that a file's name may have.</summary>
    internal static string FileName(INamedTypeSymbol type) => type.ToDisplayString().Replace('<', '{').Replace('>', '}');

    internal static string NameWithParameters(INamedTypeSymbol type) =>
        type.TypeParameters.Length == 0 ? Escaped(type.Name) : $"{Escaped(type.Name)}<{string.Join(", ", type.TypeParameters.Select(static parameter => parameter.Name))}>";

    internal static string FullName(ITypeSymbol type) => type.ToDisplayString(FullFormat);

    /// <summary>A name as code writes it.</summary>
    internal static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : $"@{name}";

    /// <summary>The instance state: fields that were written as such, and properties that the compiler gives a field.</summary>
    internal static IReadOnlyList<ISymbol> State(INamedTypeSymbol type)
    {
        List<ISymbol> state = [];
        foreach (IFieldSymbol field in type.GetMembers().OfType<IFieldSymbol>())
        {
            if (field.IsStatic || field.IsConst) continue;
            if (field.AssociatedSymbol is null) state.Add(field);
            else if (field.AssociatedSymbol is IPropertySymbol property) state.Add(property);
        }

        return state;
    }

    /// <summary>The primary constructor of a positional record, or null.</summary>
    internal static IMethodSymbol? PrimaryConstructor(INamedTypeSymbol type) =>
        type.IsRecord
            ? type.InstanceConstructors.FirstOrDefault(static constructor =>
                constructor.Parameters.Length > 0
                && (constructor.Parameters.Length > 1 || !SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, constructor.ContainingType))
                && constructor.Parameters.All(parameter => constructor.ContainingType.GetMembers(parameter.Name).OfType<IPropertySymbol>().Any())
                && IsPrimary(constructor))
            : null;

    /// <summary>The cases of a union: nested records derived from it.</summary>
    internal static IEnumerable<INamedTypeSymbol> Cases(INamedTypeSymbol union) =>
        union.GetTypeMembers().Where(nested => SymbolEqualityComparer.Default.Equals(nested.BaseType, union));

    // A constructor of another assembly has no syntax; there, parameters that all have a property of their name are proof enough.
    private static bool IsPrimary(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences.Length == 0
        || constructor.DeclaringSyntaxReferences.Any(static reference => reference.GetSyntax() is TypeDeclarationSyntax);
}
