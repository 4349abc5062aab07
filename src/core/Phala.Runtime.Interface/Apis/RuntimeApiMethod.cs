using Phala.Codec.TypeInfo;

namespace Phala.Runtime.Interface.Apis;

/// <summary>A method of a runtime API.</summary>
/// <param name="Name">The name without that of the API.</param>
/// <param name="Inputs">The arguments in order.</param>
/// <param name="DescribeOutput">Adds the type of the answer and returns its id.</param>
/// <param name="Docs">What it answers.</param>
public sealed record RuntimeApiMethod(string Name, IReadOnlyList<RuntimeApiInput> Inputs, Func<TypeRegistryBuilder, int> DescribeOutput, string Docs);
