using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Phala.Codec.Generator.Emission;
using Phala.Codec.Generator.Model;
using Phala.Codec.Generator.Reading;

namespace Phala.Codec.Generator;

/// <summary>
/// Writes the codecs and type descriptions of types marked with <c>[Scale]</c>, and the comments of classes marked with <c>[Documented]</c> as data. It generates the shape of data and nothing else: no behaviour, no registration.
/// Each type becomes a model without symbols, compared by value, so that an edit elsewhere generates nothing again.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class ScaleGenerator : IIncrementalGenerator
{
    /// <summary>The step whose outputs are the models, for tests of caching.</summary>
    public const string ModelStep = "ScaleModel";

    /// <summary>The step whose outputs are the models of documented classes.</summary>
    public const string DocsStep = "DocsModel";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<TypeModel> models = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownNames.ScaleAttribute,
                static (node, _) => node is BaseTypeDeclarationSyntax,
                static (found, cancellation) => TypeReader.Read((INamedTypeSymbol)found.TargetSymbol, cancellation))
            .WithTrackingName(ModelStep);
        context.RegisterSourceOutput(models, static (output, model) => Generate(output, model));

        IncrementalValuesProvider<DocsModel> docs = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownNames.DocumentedAttribute,
                static (node, _) => node is TypeDeclarationSyntax,
                static (found, cancellation) => DocsReader.Read((INamedTypeSymbol)found.TargetSymbol, cancellation))
            .WithTrackingName(DocsStep);
        context.RegisterSourceOutput(docs, static (output, model) => Generate(output, model));
    }

    private static void Generate(SourceProductionContext output, TypeModel model)
    {
        foreach (DiagnosticModel diagnostic in model.Diagnostics) output.ReportDiagnostic(diagnostic.ToDiagnostic());
        if (model.Diagnostics.Count == 0) output.AddSource(model.HintName, TypeEmitter.Emit(model));
    }

    private static void Generate(SourceProductionContext output, DocsModel model)
    {
        foreach (DiagnosticModel diagnostic in model.Diagnostics) output.ReportDiagnostic(diagnostic.ToDiagnostic());
        if (model.Diagnostics.Count == 0) output.AddSource(model.HintName, DocsEmitter.Emit(model));
    }
}
