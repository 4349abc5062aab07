using Phala.Codec;
using Phala.Runtime.Interface.Keys;

namespace Phala.Runtime.Interface.Messages;

/// <summary>How the first gatekeeper comes into office.</summary>
[Scale("phala_types::messaging::GatekeeperLaunch")]
public abstract partial record GatekeeperLaunch
{
    private GatekeeperLaunch()
    {
    }

    /// <summary>The first gatekeeper was named: it makes the master key.</summary>
    /// <param name="Pubkey">The worker's identity.</param>
    /// <param name="EcdhPubkey">Its key for older envelopes.</param>
    [Variant(0)]
    public sealed record FirstGatekeeper(Sr25519PublicKey Pubkey, Sr25519PublicKey EcdhPubkey) : GatekeeperLaunch;

    /// <summary>The master key's public half is on the chain: gatekeepers may send.</summary>
    /// <param name="MasterPubkey">It.</param>
    [Variant(1)]
    public sealed record MasterPubkeyOnChain(Sr25519PublicKey MasterPubkey) : GatekeeperLaunch;
}
