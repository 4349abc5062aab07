using Phala.Chain;
using Phala.Codec;
using Phala.Runtime.Interface.Keys;
using Phala.Trie;

namespace Phala.Runtime.Interface.Workers;

/// <summary>What a worker says of itself when it is registered.</summary>
/// <param name="Version">Its version: major · 2¹⁶ + minor · 2⁸ + patch.</param>
/// <param name="MachineId">Nothing.</param>
/// <param name="Pubkey">Its identity key.</param>
/// <param name="EcdhPubkey">Its key for older envelopes: the identity key.</param>
/// <param name="GenesisBlockHash">The chain that it follows.</param>
/// <param name="Features">Processors, and the level of their instructions.</param>
/// <param name="Operator">Who runs it.</param>
/// <param name="ParaId">0.</param>
/// <param name="MaxConsensusVersion">The newest rules of execution that it knows.</param>
[Scale("phala_types::WorkerRegistrationInfoV2")]
public sealed partial record WorkerRegistrationInfoV2(
    uint Version,
    Vec<byte> MachineId,
    Sr25519PublicKey Pubkey,
    Sr25519PublicKey EcdhPubkey,
    Hash256 GenesisBlockHash,
    Vec<uint> Features,
    Option<AccountId> Operator,
    uint ParaId,
    uint MaxConsensusVersion);
