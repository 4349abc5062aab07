using Phala.Codec.Generator.Model;

namespace Phala.Contracts.Analyzers.Model;

/// <summary>A member of an enum.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Index">Its number.</param>
/// <param name="Docs">What its comment says.</param>
internal sealed record CaseModel(string Name, int Index, EquatableArray<string> Docs);
