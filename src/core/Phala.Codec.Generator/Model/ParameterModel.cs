namespace Phala.Codec.Generator.Model;

/// <summary>A type parameter in metadata.</summary>
/// <param name="Name">The name.</param>
/// <param name="Codec">The full name of the argument, which is its own codec.</param>
internal sealed record ParameterModel(string Name, string Codec);
