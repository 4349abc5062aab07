using Phala.Chain;
using Phala.Trie;

namespace Phala.Clusters.Execution;

/// <summary>A contract that came into being.</summary>
/// <param name="Id">The contract.</param>
/// <param name="Deployer">Who made it: an account, or a contract.</param>
internal readonly record struct MadeContract(Hash256 Id, AccountId Deployer);
