using Phala.Codec.Generator.Model;

namespace Phala.Contracts.Analyzers.Model;

/// <summary>A part of a value, or a parameter.</summary>
/// <param name="Name">Its name in C#; empty for parts without a name.</param>
/// <param name="Type">What it is.</param>
/// <param name="Docs">What is said of it.</param>
/// <param name="IsTopic">Whether an event is found by it.</param>
internal sealed record PartModel(string Name, TypeModel Type, EquatableArray<string> Docs = default, bool IsTopic = false);
