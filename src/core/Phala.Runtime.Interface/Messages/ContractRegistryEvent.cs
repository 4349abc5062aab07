using Phala.Codec;
using Phala.Runtime.Interface.Keys;
using Phala.Trie;

namespace Phala.Runtime.Interface.Messages;

/// <summary>What a cluster tells the registry of its contracts.</summary>
[Scale("phala_types::messaging::ContractRegistryEvent")]
public abstract partial record ContractRegistryEvent
{
    private ContractRegistryEvent()
    {
    }

    /// <summary>A contract came into being.</summary>
    /// <param name="Contract">Its id.</param>
    /// <param name="Pubkey">Its identity key.</param>
    /// <param name="Deployer">Who made it.</param>
    [Variant(0)]
    public sealed record PubkeyAvailable(Hash256 Contract, Sr25519PublicKey Pubkey, Hash256 Deployer) : ContractRegistryEvent;
}
