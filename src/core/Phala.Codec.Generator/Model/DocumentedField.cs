namespace Phala.Codec.Generator.Model;

/// <summary>A static field and its documentation.</summary>
/// <param name="Name">The name.</param>
/// <param name="Docs">The summary, line by line.</param>
internal sealed record DocumentedField(string Name, EquatableArray<string> Docs);
