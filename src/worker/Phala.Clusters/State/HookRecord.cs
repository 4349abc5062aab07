using Phala.Codec;
using Phala.Trie;

namespace Phala.Clusters.State;

/// <summary>A message that is called at the end of each entry.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Selector">Its message, the first byte highest.</param>
/// <param name="GasLimit">What a call may take.</param>
[Scale]
public readonly partial record struct HookRecord(Hash256 Contract, uint Selector, ulong GasLimit);
