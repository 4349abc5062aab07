using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Phala.Codec.Generator.Model;
using Phala.Codec.Generator.Reading;
using Phala.Contracts.Analyzers.Model;
using Phala.Contracts.Analyzers.Rules;

namespace Phala.Contracts.Analyzers.Reading;

/// <summary>Makes models of contracts.</summary>
internal static class ContractReader
{
    /// <summary>Reads a class that is marked as a contract.</summary>
    internal static ContractModel Read(INamedTypeSymbol type)
    {
        List<DiagnosticModel> diagnostics = [];
        if (!HasForm(type)) diagnostics.Add(DiagnosticModel.At(type, ShapeRules.ContractForm, type.Name));
        ITypeSymbol? error = type.BaseType?.TypeArguments.FirstOrDefault();
        TypeModel? errors = null;
        if (error is INamedTypeSymbol declared && (errors = new TypeReader().Enum(declared)) is null) diagnostics.Add(DiagnosticModel.At(Place(declared, type), ShapeRules.ErrorForm, declared.Name));
        MessageReader reader = new(error is not null, diagnostics);
        List<(ISymbol At, MessageModel Message)> constructors = [], messages = [];
        foreach (IMethodSymbol constructor in type.InstanceConstructors)
        {
            if (reader.Read(constructor, null) is { } message) constructors.Add((constructor, message));
        }

        foreach (IMethodSymbol method in type.GetMembers().OfType<IMethodSymbol>().Where(static method => method.MethodKind is MethodKind.Ordinary))
        {
            if (ReadMessage(reader, type, method, error, diagnostics) is { } message) messages.Add((method, message));
        }

        if (constructors.Count == 0 && diagnostics.Count == 0) diagnostics.Add(DiagnosticModel.At(type, ShapeRules.NoConstructor, type.Name));
        MessageReader.CheckDistinct(constructors, diagnostics);
        MessageReader.CheckDistinct(messages, diagnostics);
        IReadOnlyList<StoredModel> stored = new StoredReader(diagnostics).Read(type);
        DiagnosticModel second = DiagnosticModel.At(type, ShapeRules.OneContract, type.Name);
        PlaceModel place = new(NamespaceOf(type), "class", type.Name);
        return new ContractModel(place, errors, Models(constructors), Models(messages), new([.. stored]), VersionOf(type.ContainingAssembly), new(Documentation.Summary(type)), new([.. diagnostics]), second);
    }

    /// <summary>The namespace of a type; empty for none.</summary>
    internal static string NamespaceOf(INamedTypeSymbol type) => type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString();

    private static EquatableArray<MessageModel> Models(IEnumerable<(ISymbol At, MessageModel Message)> read) => new([.. read.Select(static each => each.Message)]);

    private static bool HasForm(INamedTypeSymbol type)
    {
        bool derives = type.BaseType is { Name: "Contract" } parent && parent.ContainingNamespace.ToDisplayString() == KnownNames.Sdk;
        bool hasPrimary = type.DeclaringSyntaxReferences.Any(static reference => reference.GetSyntax() is ClassDeclarationSyntax { ParameterList: not null });
        return derives && type.IsSealed && !type.IsStatic && !type.IsGenericType && type.ContainingType is null && Symbols.IsPartial(type) && !hasPrimary;
    }

    /// <summary>A method that implements one of an interface of contracts is that one to the outside.</summary>
    private static MessageModel? ReadMessage(MessageReader reader, INamedTypeSymbol type, IMethodSymbol method, ITypeSymbol? error, List<DiagnosticModel> diagnostics)
    {
        foreach (INamedTypeSymbol declared in type.AllInterfaces)
        {
            if (Symbols.Find(declared, KnownNames.InterfaceAttribute) is not { } attribute) continue;
            foreach (IMethodSymbol member in declared.GetMembers().OfType<IMethodSymbol>().Where(static member => member.MethodKind == MethodKind.Ordinary && !member.IsStatic))
            {
                if (!SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(member), method)) continue;
                CheckErrors(type, declared, error, diagnostics);
                return new MessageReader(InterfaceReader.ErrorOf(attribute) is not null, diagnostics).Read(member, attribute.ConstructorArguments.FirstOrDefault().Value as string);
            }
        }

        return reader.Read(method, null);
    }

    private static void CheckErrors(INamedTypeSymbol type, INamedTypeSymbol declared, ITypeSymbol? error, List<DiagnosticModel> diagnostics)
    {
        INamedTypeSymbol? expected = InterfaceReader.ErrorOf(Symbols.Find(declared, KnownNames.InterfaceAttribute)!);
        if (expected is null || SymbolEqualityComparer.Default.Equals(expected, error) || diagnostics.Any(static each => each.Descriptor == ShapeRules.OtherErrors)) return;
        diagnostics.Add(DiagnosticModel.At(type, ShapeRules.OtherErrors, type.Name, declared.Name));
    }

    private static ISymbol Place(ISymbol wanted, ISymbol otherwise) => wanted.Locations.Any(static location => location.IsInSource) ? wanted : otherwise;

    private static string VersionOf(IAssemblySymbol assembly)
    {
        Version version = assembly.Identity.Version;
        return version.Major == 0 && version.Minor == 0 && version.Build <= 0 ? "0.1.0" : $"{version.Major}.{version.Minor}.{Math.Max(version.Build, 0)}";
    }
}
