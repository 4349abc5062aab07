using Phala.Codec.Generator.Model;

namespace Phala.Contracts.Analyzers.Model;

/// <summary>A contract.</summary>
/// <param name="Place">Where it is declared.</param>
/// <param name="Error">The enum of its errors.</param>
/// <param name="Constructors">What makes one.</param>
/// <param name="Messages">Its commands and queries.</param>
/// <param name="Stored">What it stores.</param>
/// <param name="Version">The assembly's version.</param>
/// <param name="Docs">What its comment says.</param>
/// <param name="Diagnostics">What is wrong with it: then it has no entry points.</param>
/// <param name="Second">What is wrong with it where the assembly has another.</param>
internal sealed record ContractModel(
    PlaceModel Place, TypeModel? Error, EquatableArray<MessageModel> Constructors, EquatableArray<MessageModel> Messages, EquatableArray<StoredModel> Stored, string Version, EquatableArray<string> Docs,
    EquatableArray<DiagnosticModel> Diagnostics, DiagnosticModel Second);
