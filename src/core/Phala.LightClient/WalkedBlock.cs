using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Codec;

namespace Phala.LightClient;

/// <summary>A block of a walk.</summary>
/// <param name="Header">The header.</param>
/// <param name="ReadProof">
/// A read proof under its state root, <c>SCALE(Vec&lt;Vec&lt;u8&gt;&gt;)</c>, of <c>PhalaMq.OutboundMessages</c> and of <c>PhalaPhatContracts.Contracts</c> of each contract that is commanded.
/// </param>
/// <param name="Justification">Why it is final; none where a later block's justification says it.</param>
[Scale]
public readonly partial record struct WalkedBlock(Header Header, Vec<byte> ReadProof, Option<Justification> Justification);
