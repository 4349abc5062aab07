using Phala.Chain;
using Phala.Codec;
using Phala.Runtime.Interface.Keys;

namespace Phala.Runtime.Interface.Workers;

/// <summary>A registered worker.</summary>
/// <param name="Pubkey">Its identity key.</param>
/// <param name="EcdhPubkey">Its key for older envelopes.</param>
/// <param name="RuntimeVersion">Its version: major · 2¹⁶ + minor · 2⁸ + patch.</param>
/// <param name="LastUpdated">When it was last registered, in seconds since 1970.</param>
/// <param name="Operator">Who runs it.</param>
/// <param name="AttestationProvider">What vouches for it.</param>
/// <param name="ConfidenceLevel">How that was graded; 128 where nothing vouches.</param>
/// <param name="InitialScore">Its speed, where measured.</param>
/// <param name="Features">Processors, and the level of their instructions.</param>
[Scale("phala_types::WorkerInfoV2")]
public sealed partial record WorkerInfoV2(
    Sr25519PublicKey Pubkey,
    Sr25519PublicKey EcdhPubkey,
    uint RuntimeVersion,
    ulong LastUpdated,
    Option<AccountId> Operator,
    Option<AttestationProvider> AttestationProvider,
    byte ConfidenceLevel,
    Option<uint> InitialScore,
    Vec<uint> Features);
