using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Trie.Storage;

namespace Phala.Runtime.Execution;

/// <summary>A block that has been executed.</summary>
/// <param name="Header">The header without a seal.</param>
/// <param name="Extrinsics">The body.</param>
/// <param name="Delta">What it changes.</param>
/// <param name="State">The state after it.</param>
public sealed record ExecutedBlock(Header Header, Vec<OpaqueExtrinsic> Extrinsics, StateDelta Delta, StateSnapshot State);
