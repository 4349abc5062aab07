using Phala.Chain;
using Phala.Codec;
using Phala.Trie;

namespace Phala.Clusters.State;

/// <summary>A contract, as its cluster has it.</summary>
/// <param name="CodeHash">Its code.</param>
/// <param name="Deployer">Who made it.</param>
[Scale]
public readonly partial record struct ContractRecord(Hash256 CodeHash, AccountId Deployer)
{
    /// <summary>How many keys of the state a contract takes by itself, and how many bytes: id, code, deployer. They are paid for like what it stores.</summary>
    public const uint Items = 1, Bytes = 3 * Hash256.Size;
}
