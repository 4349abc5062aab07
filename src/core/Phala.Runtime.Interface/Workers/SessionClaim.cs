using Phala.Chain;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Crypto.Hashing;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;

namespace Phala.Runtime.Interface.Workers;

/// <summary>What a worker claims when it starts, and again when it renews its lease.</summary>
/// <remarks>
/// <para><b>Concept.</b> A session is one run of the worker's program: two keys that live in memory alone, and what the program had verified of the chain when it claimed the session.</para>
/// <para><b>Invariant.</b> The chain records a claim only if the block is one of its own, at most <see cref="LongestAge"/> old: a program that was fed another history gets no session, and
/// without one no secret.</para>
/// </remarks>
/// <param name="Genesis">The chain's first block.</param>
/// <param name="Identity">The worker.</param>
/// <param name="SigningKey">What the session signs reports and answers with. It names the session.</param>
/// <param name="EncryptionKey">What secrets and queries are sealed to.</param>
/// <param name="BootNonce">Drawn when the program started.</param>
/// <param name="Lease">0 for a new session; one more with every renewal.</param>
/// <param name="Block">The last block that the worker knows to be final.</param>
/// <param name="Queue">How far the queue goes at that block.</param>
[Scale("phala_types::SessionClaim")]
public sealed partial record SessionClaim(
    Hash256 Genesis,
    Sr25519PublicKey Identity,
    Sr25519PublicKey SigningKey,
    X25519PublicKey EncryptionKey,
    BootNonce BootNonce,
    uint Lease,
    BlockId Block,
    QueueHead Queue)
{
    /// <summary>A claim's block may be so many blocks old when it is recorded.</summary>
    public const uint LongestAge = 256;

    /// <summary>What the transaction with the claim provides in a pool: <c>SCALE("PhalaRegistrySession", identity, signing key, lease)</c>. Two with the same are one.</summary>
    public Vec<byte> PoolTag() => Vec.Create<byte>(
        Scale.Encode<Tuple4Codec<StringCodec, string, Sr25519PublicKey, Sr25519PublicKey, Sr25519PublicKey, Sr25519PublicKey, U32Codec, uint>, (string, Sr25519PublicKey, Sr25519PublicKey, uint)>(
            ("PhalaRegistrySession", Identity, SigningKey, Lease)));

    /// <summary>The report data of the claim's attestation: <c>blake2_512("phala session" ‖ SCALE(claim))</c>.</summary>
    public ReportData ReportData()
    {
        Span<byte> hash = stackalloc byte[Workers.ReportData.Size];
        Blake2b.Hash512([.. "phala session"u8, .. Scale.Encode(this)], hash);
        return new ReportData(hash);
    }
}
