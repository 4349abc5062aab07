using Phala.Codec;
using Phala.Trie;

namespace Phala.Runtime.Interface.Transactions;

/// <summary>What a signature covers without its being sent: a transaction is valid for these rules, on this chain and this fork only.</summary>
/// <param name="SpecVersion">The version of the rules.</param>
/// <param name="TransactionVersion">The version of calls' indices and arguments.</param>
/// <param name="Genesis">The hash of the chain's first block.</param>
/// <param name="EraBlock">The hash of the era's first block; the genesis for an immortal transaction.</param>
[Scale]
public readonly partial record struct ImpliedData(uint SpecVersion, uint TransactionVersion, Hash256 Genesis, Hash256 EraBlock);
