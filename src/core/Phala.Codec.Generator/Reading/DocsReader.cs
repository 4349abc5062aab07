using Microsoft.CodeAnalysis;
using Phala.Codec.Generator.Model;

namespace Phala.Codec.Generator.Reading;

/// <summary>Makes the model of a class marked with <c>[Documented]</c>.</summary>
internal static class DocsReader
{
    internal static DocsModel Read(INamedTypeSymbol type, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        INamedTypeSymbol[] chain = [.. Symbols.Containers(type), type];
        return new DocsModel(
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(),
            new([.. chain.Select(Symbols.Header)]),
            Symbols.FileName(type) + ".docs.g.cs",
            new(Documentation.Summary(type)),
            new([.. type.GetMembers().OfType<IFieldSymbol>().Where(IsDocumented).Select(static field => new DocumentedField(field.Name, new(Documentation.Summary(field))))]),
            new([.. chain.Where(static part => !Symbols.IsPartial(part)).Select(part => DiagnosticModel.At(type, Diagnostics.NotPartial, part.Name, type.Name))]));
    }

    private static bool IsDocumented(IFieldSymbol field) =>
        field is { IsStatic: true, IsConst: false, DeclaredAccessibility: Accessibility.Public, AssociatedSymbol: null };
}
