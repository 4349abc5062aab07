using Phala.Chain;
using Phala.Codec;

namespace Phala.Worker.Interface.Sync;

/// <summary>What a worker begins with: the request of <c>BeginSync</c>.</summary>
/// <remarks>
/// The worker keeps the header's hash with its identity for good, and all that it signs and opens is bound to it: begun with another chain's, it is a worker of that other chain.
/// Repeated with the same header, the request changes the operator alone.
/// </remarks>
/// <param name="Header">The first header.</param>
/// <param name="Proof">A read proof under its state root, <c>SCALE(Vec&lt;Vec&lt;u8&gt;&gt;)</c>, of <c>Grandpa.Authorities</c> and <c>Aura.SlotDuration</c>.</param>
/// <param name="Source">Where the worker takes the queue's position from.</param>
/// <param name="Operator">Who runs the worker: part of its registration.</param>
[Scale]
public sealed partial record GenesisInfo(Header Header, Vec<byte> Proof, QueueSource Source, Option<AccountId> Operator);
