using Phala.Chain;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Crypto.Hashing;
using Phala.Runtime.Interface.Keys;
using Phala.Trie;

namespace Phala.Runtime.Interface.Workers;

/// <summary>What a worker says of itself when it is registered.</summary>
/// <remarks>
/// <b>Invariant.</b> The chain takes it only if the block is one of its own, at most <see cref="SessionClaim.LongestAge"/> old, and not before the one in which the worker was registered last: what was
/// said once can't be said again by others, and a registration lasts no longer than the worker renews it.
/// </remarks>
/// <param name="Version">Its version: major · 2¹⁶ + minor · 2⁸ + patch.</param>
/// <param name="MachineId">Nothing.</param>
/// <param name="Pubkey">Its identity key.</param>
/// <param name="EcdhPubkey">Its key for older envelopes: the identity key.</param>
/// <param name="GenesisBlockHash">The chain that it follows.</param>
/// <param name="Features">Processors, and the level of their instructions.</param>
/// <param name="Operator">Who runs it.</param>
/// <param name="ParaId">0.</param>
/// <param name="MaxConsensusVersion">The newest rules of execution that it knows.</param>
/// <param name="Block">The last block that the worker knows to be final.</param>
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
    uint MaxConsensusVersion,
    BlockId Block)
{
    /// <summary>What the transaction with the registration provides in a pool: <c>SCALE("PhalaRegistryWorker", identity)</c>. Two with the same are one.</summary>
    public Vec<byte> PoolTag() => Vec.Create<byte>(Scale.Encode<Tuple2Codec<StringCodec, string, Sr25519PublicKey, Sr25519PublicKey>, (string, Sr25519PublicKey)>(("PhalaRegistryWorker", Pubkey)));

    /// <summary>The report data of the registration's attestation: <c>blake2_256(SCALE(info))</c> and 32 zero bytes.</summary>
    public ReportData ReportData()
    {
        Span<byte> data = stackalloc byte[Workers.ReportData.Size];
        data.Clear();
        Blake2b.Hash256(Scale.Encode(this), data[..Hash256.Size]);
        return new ReportData(data);
    }
}
