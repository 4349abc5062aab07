using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Phala.Codec.Generator.Model;
using Phala.Codec.Generator.Reading;
using Phala.Contracts.Analyzers.Model;
using Phala.Contracts.Analyzers.Rules;

namespace Phala.Contracts.Analyzers.Reading;

/// <summary>Makes models of events.</summary>
internal static class EventReader
{
    /// <summary>The host takes four topics, and the first says which event it is.</summary>
    private const int MostTopics = 3;

    /// <summary>Reads a record that is marked as an event.</summary>
    internal static EventModel Read(INamedTypeSymbol type)
    {
        List<DiagnosticModel> diagnostics = [];
        List<PartModel> fields = [];
        ImmutableArray<IParameterSymbol>? positions = type.IsRecord ? TypeReader.Positions(type) : null;
        bool hasForm = positions is { } found && Symbols.IsPartial(type) && !type.IsGenericType && type.ContainingType is null && found.Count(static each => Symbols.Has(each, KnownNames.TopicAttribute)) <= MostTopics;
        if (!hasForm) diagnostics.Add(DiagnosticModel.At(type, ShapeRules.EventForm, type.Name));
        TypeReader reader = new();
        foreach (IParameterSymbol position in positions ?? [])
        {
            if (reader.Read(position.Type) is { } field) fields.Add(new PartModel(position.Name, field, new(Documentation.Parameter(type, position.Name)), Symbols.Has(position, KnownNames.TopicAttribute)));
            else diagnostics.Add(DiagnosticModel.At(position, ShapeRules.NoEncoding, position.Name, position.Type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat), reader.Problem));
        }

        return new EventModel(new PlaceModel(ContractReader.NamespaceOf(type), type.IsValueType ? "record struct" : "record", type.Name), new([.. fields]), new(Documentation.Summary(type)), new([.. diagnostics]));
    }
}
