using Phala.Codec;
using Phala.Runtime.Interface.Keys;

namespace Phala.Runtime.Interface.Messages;

/// <summary>Who enters and leaves a gatekeeper's office after the first.</summary>
[Scale("phala_types::messaging::GatekeeperChange")]
public abstract partial record GatekeeperChange
{
    private GatekeeperChange()
    {
    }

    /// <summary>A worker became a gatekeeper.</summary>
    /// <param name="Pubkey">Its identity.</param>
    /// <param name="EcdhPubkey">Its key for older envelopes.</param>
    [Variant(0)]
    public sealed record Registered(Sr25519PublicKey Pubkey, Sr25519PublicKey EcdhPubkey) : GatekeeperChange;

    /// <summary>A gatekeeper is one no longer.</summary>
    /// <param name="Pubkey">Its identity.</param>
    [Variant(1)]
    public sealed record Unregistered(Sr25519PublicKey Pubkey) : GatekeeperChange;
}
