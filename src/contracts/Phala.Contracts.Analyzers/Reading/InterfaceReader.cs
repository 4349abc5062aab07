using Microsoft.CodeAnalysis;
using Phala.Codec.Generator.Model;
using Phala.Codec.Generator.Reading;
using Phala.Contracts.Analyzers.Model;
using Phala.Contracts.Analyzers.Rules;

namespace Phala.Contracts.Analyzers.Reading;

/// <summary>Makes models of interfaces of contracts.</summary>
internal static class InterfaceReader
{
    /// <summary>Reads an interface that is marked.</summary>
    internal static InterfaceModel Read(INamedTypeSymbol type, AttributeData attribute)
    {
        List<DiagnosticModel> diagnostics = [];
        IMethodSymbol[] methods = [.. type.GetMembers().OfType<IMethodSymbol>().Where(static method => !method.IsStatic)];
        bool hasForm = Symbols.IsPartial(type) && !type.IsGenericType && type.ContainingType is null && type.Interfaces.Length == 0
            && methods.All(static method => method.MethodKind == MethodKind.Ordinary && (Symbols.Has(method, KnownNames.CommandAttribute) || Symbols.Has(method, KnownNames.QueryAttribute)));
        if (!hasForm) diagnostics.Add(DiagnosticModel.At(type, ShapeRules.InterfaceForm, type.Name));
        MessageReader reader = new(ErrorOf(attribute) is not null, diagnostics);
        string? prefix = attribute.ConstructorArguments.FirstOrDefault().Value as string;
        List<(ISymbol At, MessageModel Message)> messages = [];
        foreach (IMethodSymbol method in methods)
        {
            if (reader.Read(method, prefix) is { } message) messages.Add((method, message));
        }

        MessageReader.CheckDistinct(messages, diagnostics);
        return new InterfaceModel(new PlaceModel(ContractReader.NamespaceOf(type), "interface", type.Name), new([.. messages.Select(static each => each.Message)]), new([.. diagnostics]));
    }

    /// <summary>The enum of an interface's errors.</summary>
    internal static INamedTypeSymbol? ErrorOf(AttributeData attribute) => attribute.NamedArguments.FirstOrDefault(static argument => argument.Key == "Error").Value.Value as INamedTypeSymbol;
}
