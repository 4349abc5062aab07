using Phala.Codec;

namespace Phala.Chain;

/// <summary>A proof of finality that its engine can read.</summary>
/// <param name="Engine">Whose proof it is, such as <see cref="EngineId.Grandpa"/>.</param>
/// <param name="Proof">The engine's encoding.</param>
[Scale(Unnamed = true)]
public readonly partial record struct EncodedJustification(EngineId Engine, Vec<byte> Proof);
