using Phala.Chain;
using Phala.Codec;

namespace Phala.Runtime.Interface;

/// <summary>A validator's key and what it is for.</summary>
/// <param name="KeyType">Four letters: <c>aura</c> or <c>gran</c>.</param>
/// <param name="Key">The public key.</param>
[Scale("", Unnamed = true)]
public readonly partial record struct KeyOwnerId(EngineId KeyType, Vec<byte> Key);
