using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Phala.Codec.Generator.Model;
using Phala.Codec.Generator.Reading;
using Phala.Contracts.Analyzers.Model;
using Phala.Contracts.Analyzers.Rules;

namespace Phala.Contracts.Analyzers.Reading;

/// <summary>Reads what a contract stores, and finds state that would be lost.</summary>
/// <param name="diagnostics">Where what is wrong is noted.</param>
internal sealed class StoredReader(List<DiagnosticModel> diagnostics)
{
    private const string Storage = KnownNames.Sdk + ".Storage";

    private readonly TypeReader _types = new();

    /// <summary>Reads the properties, in the order in which they stand.</summary>
    internal IReadOnlyList<StoredModel> Read(INamedTypeSymbol contract)
    {
        List<StoredModel> stored = [];
        foreach (ISymbol member in contract.GetMembers().Where(static member => !member.IsStatic && !member.IsImplicitlyDeclared))
        {
            if (member is IPropertySymbol property && IsStorage(property.Type))
            {
                if (Read(property) is { } read) Add(stored, read, property);
            }
            else if (member is IFieldSymbol { IsConst: false })
            {
                diagnostics.Add(DiagnosticModel.At(member, ShapeRules.LostState, member.Name));
            }
            else if (member is IPropertySymbol automatic && contract.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, automatic)))
            {
                diagnostics.Add(DiagnosticModel.At(member, ShapeRules.LostState, member.Name));
            }
        }

        return stored;
    }

    private static bool IsStorage(ITypeSymbol type) => type is INamedTypeSymbol { Name: "Value" or "Map" or "Vector", IsGenericType: true } && type.ContainingNamespace.ToDisplayString() == Storage;

    private void Add(List<StoredModel> stored, StoredModel added, IPropertySymbol property)
    {
        if (stored.FirstOrDefault(each => each.Key == added.Key) is { } other) diagnostics.Add(DiagnosticModel.At(property, ShapeRules.SameKey, added.Property, other.Property));
        stored.Add(added);
    }

    private StoredModel? Read(IPropertySymbol property)
    {
        if (!property.IsPartialDefinition || property.SetMethod is not null || property.GetMethod is null)
        {
            diagnostics.Add(DiagnosticModel.At(property, ShapeRules.StoredForm, property.Name));
            return null;
        }

        INamedTypeSymbol type = (INamedTypeSymbol)property.Type;
        TypeModel[] arguments = new TypeModel[type.TypeArguments.Length];
        for (int index = 0; index < arguments.Length; index++)
        {
            if (_types.Read(type.TypeArguments[index]) is not { } argument)
            {
                diagnostics.Add(DiagnosticModel.At(property, ShapeRules.NoEncoding, property.Name, type.TypeArguments[index].ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat), _types.Problem));
                return null;
            }

            arguments[index] = argument;
        }

        string name = Symbols.TextArgument(property, KnownNames.StorageKeyAttribute) ?? RustNames.SnakeCase(property.Name);
        string modifiers = property.DeclaringSyntaxReferences[0].GetSyntax() is PropertyDeclarationSyntax declared ? declared.Modifiers.ToString() : "";
        return new StoredModel(property.Name, modifiers, type.Name, name, BitConverter.ToUInt32(Blake2b.Hash(name), 0), arguments.Length == 2 ? arguments[0] : null, arguments[arguments.Length - 1]);
    }
}
