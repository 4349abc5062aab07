using Phala.Codec.Generator.Model;

namespace Phala.Contracts.Analyzers.Model;

/// <summary>An interface of contracts.</summary>
/// <param name="Place">Where it is declared.</param>
/// <param name="Messages">Its commands and queries.</param>
/// <param name="Diagnostics">What is wrong with it: then nothing is generated for it.</param>
internal sealed record InterfaceModel(PlaceModel Place, EquatableArray<MessageModel> Messages, EquatableArray<DiagnosticModel> Diagnostics);
