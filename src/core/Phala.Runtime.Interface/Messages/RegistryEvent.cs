using Phala.Codec;
using Phala.Runtime.Interface.Keys;

namespace Phala.Runtime.Interface.Messages;

/// <summary>What a worker tells the registry.</summary>
[Scale("phala_types::messaging::RegistryEvent")]
public abstract partial record RegistryEvent
{
    private RegistryEvent()
    {
    }

    /// <summary>The first gatekeeper made the master key.</summary>
    /// <param name="Key">Its public half.</param>
    [Variant(1)]
    public sealed record MasterPubkey([property: ScaleName("master_pubkey")] Sr25519PublicKey Key) : RegistryEvent;
}
