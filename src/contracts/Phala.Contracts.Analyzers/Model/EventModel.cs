using Phala.Codec.Generator.Model;

namespace Phala.Contracts.Analyzers.Model;

/// <summary>An event.</summary>
/// <param name="Place">Where it is declared.</param>
/// <param name="Fields">What it tells.</param>
/// <param name="Docs">What its comment says.</param>
/// <param name="Diagnostics">What is wrong with it.</param>
internal sealed record EventModel(PlaceModel Place, EquatableArray<PartModel> Fields, EquatableArray<string> Docs, EquatableArray<DiagnosticModel> Diagnostics)
{
    /// <summary>The text whose hash is the first topic.</summary>
    internal string Signature => $"{Place.Name}({string.Join(",", Fields.Select(static each => each.Type.Rust))})";
}
