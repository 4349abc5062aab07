using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Phala.Codec.Generator.Model;
using Phala.Contracts.Analyzers.Emission;
using Phala.Contracts.Analyzers.Metadata;
using Phala.Contracts.Analyzers.Model;
using Phala.Contracts.Analyzers.Reading;
using Phala.Contracts.Analyzers.Rules;

namespace Phala.Contracts.Analyzers;

/// <summary>
/// Writes what a contract needs besides its author's code: entry points, encodings, storage, events, calls of other contracts, and its description in the way of ink!.
/// Each declaration becomes a model without symbols, compared by value, so that an edit of a body generates nothing again.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class ContractGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<ImmutableArray<ContractModel>> contracts = context.SyntaxProvider
            .ForAttributeWithMetadataName(KnownNames.ContractAttribute, static (node, _) => node is ClassDeclarationSyntax, static (found, _) => ContractReader.Read((INamedTypeSymbol)found.TargetSymbol))
            .Collect();
        IncrementalValueProvider<ImmutableArray<InterfaceModel>> interfaces = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownNames.InterfaceAttribute, static (node, _) => node is InterfaceDeclarationSyntax, static (found, _) => InterfaceReader.Read((INamedTypeSymbol)found.TargetSymbol, found.Attributes[0]))
            .Collect();
        IncrementalValueProvider<ImmutableArray<EventModel>> events = context.SyntaxProvider
            .ForAttributeWithMetadataName(KnownNames.EventAttribute, static (node, _) => node is TypeDeclarationSyntax, static (found, _) => EventReader.Read((INamedTypeSymbol)found.TargetSymbol))
            .Collect();
        IncrementalValueProvider<AssemblyModel> assembly = contracts.Combine(interfaces).Combine(events)
            .Select(static (all, _) => new AssemblyModel(new(all.Left.Left), new(all.Left.Right), new(all.Right)));
        context.RegisterSourceOutput(assembly, Generate);
    }

    private static void Generate(SourceProductionContext output, AssemblyModel model)
    {
        DiagnosticModel[] wrong =
        [
            .. model.Contracts.SelectMany(static each => each.Diagnostics), .. model.Interfaces.SelectMany(static each => each.Diagnostics), .. model.Events.SelectMany(static each => each.Diagnostics),
        ];
        foreach (DiagnosticModel diagnostic in wrong) output.ReportDiagnostic(diagnostic.ToDiagnostic());
        foreach (ContractModel contract in model.Contracts.Skip(1)) output.ReportDiagnostic(contract.Second.ToDiagnostic());
        if (model.Contracts.Count + model.Interfaces.Count + model.Events.Count == 0) return;
        EmitHalves(output, model);
        if (wrong.Length == 0 && model.Contracts.Count == 1) EmitEntries(output, model, model.Contracts[0]);
    }

    /// <summary>What the author's code needs to be understood: all that can be written, so that one mistake is reported as one.</summary>
    private static void EmitHalves(SourceProductionContext output, AssemblyModel model)
    {
        ContractModel[] contracts = [.. model.Contracts.Where(static each => each.Diagnostics.All(static diagnostic => diagnostic.Descriptor != ShapeRules.ContractForm))];
        output.AddSource(CodecEmitter.HintName, CodecEmitter.Emit(model.Types()));
        foreach (EventModel each in model.Events.Where(static each => each.Diagnostics.All(static diagnostic => diagnostic.Descriptor != ShapeRules.EventForm))) output.AddSource(each.Place.HintName, EventEmitter.Emit(each));
        foreach (InterfaceModel each in model.Interfaces.Where(static each => each.Diagnostics.Count == 0)) output.AddSource(each.Place.HintName, InterfaceEmitter.Emit(each));
        foreach (ContractModel each in contracts) output.AddSource(each.Place.HintName, ContractEmitter.Emit(each));
        if (contracts.Length > 0) output.AddSource(StorageEmitter.HintName, StorageEmitter.Emit(contracts.SelectMany(static each => each.Stored)));
    }

    private static void EmitEntries(SourceProductionContext output, AssemblyModel model, ContractModel contract)
    {
        output.AddSource(EntryEmitter.HintName, EntryEmitter.Emit(contract));
        output.AddSource(MetadataEmitter.HintName, MetadataEmitter.Emit(contract, model.Events));
    }
}
