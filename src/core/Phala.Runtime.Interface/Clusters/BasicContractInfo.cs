using Phala.Chain;
using Phala.Codec;
using Phala.Trie;

namespace Phala.Runtime.Interface.Clusters;

/// <summary>A contract, as the chain has it.</summary>
/// <param name="Deployer">Who made it.</param>
/// <param name="Cluster">Its cluster.</param>
[Scale("phala_types::contract::BasicContractInfo")]
public readonly partial record struct BasicContractInfo(AccountId Deployer, Hash256 Cluster);
