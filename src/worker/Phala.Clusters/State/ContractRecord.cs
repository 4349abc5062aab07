using Phala.Chain;
using Phala.Codec;
using Phala.Trie;

namespace Phala.Clusters.State;

/// <summary>A contract, as its cluster has it.</summary>
/// <param name="CodeHash">Its code.</param>
/// <param name="Deployer">Who made it.</param>
[Scale]
public readonly partial record struct ContractRecord(Hash256 CodeHash, AccountId Deployer);
