using Phala.Codec;
using Phala.Trie;

namespace Phala.Clusters.Execution;

/// <summary>What a contract emitted. Secret, as its state is.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Topics">At most 4.</param>
/// <param name="Data">The event, in the encoding of the contract.</param>
public sealed record ContractEvent(Hash256 Contract, Vec<Hash256> Topics, Vec<byte> Data);
