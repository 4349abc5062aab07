using Phala.Codec.TypeInfo;

namespace Phala.Runtime.Interface.Apis;

/// <summary>An argument of a runtime API's method. Arguments are encoded one after the other.</summary>
/// <param name="Name">The name.</param>
/// <param name="Describe">Adds its type and returns the id.</param>
public sealed record RuntimeApiInput(string Name, Func<TypeRegistryBuilder, int> Describe);
