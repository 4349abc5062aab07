using Phala.Chain;
using Phala.Codec;
using Phala.Crypto.Hashing;
using Phala.Runtime.Interface.Keys;
using Phala.Trie;

namespace Phala.Worker.Interface.Queries;

/// <summary>What a worker stands for with an answer: which state of which cluster it saw, and how new that was. The session signs it, so that a lie can be proven afterwards.</summary>
/// <param name="Genesis">The chain.</param>
/// <param name="Cluster">The cluster.</param>
/// <param name="Contract">The contract.</param>
/// <param name="CodeHash">Its code; zeros where the cluster has no such contract.</param>
/// <param name="Count">The entries of the queue that the state has executed.</param>
/// <param name="Finalized">The newest block that the worker verified.</param>
/// <param name="ViewTime">That block's time: slot times slot duration, in milliseconds since 1970.</param>
/// <param name="StateRoot">The root of the cluster's state.</param>
/// <param name="KeyEpoch">The newest epoch of command keys that the worker has.</param>
/// <param name="Session">The session's signing key.</param>
/// <param name="LeaseEnd">The number of the last block in which the session counts, as far as the worker knows.</param>
/// <param name="QueryHash">The query.</param>
/// <param name="AnswerHash">The answer.</param>
/// <param name="ClientNonce">The query's nonce.</param>
[Scale]
public sealed partial record FreshnessRecord(
    Hash256 Genesis,
    Hash256 Cluster,
    Hash256 Contract,
    Hash256 CodeHash,
    ulong Count,
    BlockId Finalized,
    ulong ViewTime,
    Hash256 StateRoot,
    uint KeyEpoch,
    Sr25519PublicKey Session,
    uint LeaseEnd,
    Hash256 QueryHash,
    Hash256 AnswerHash,
    QueryNonce ClientNonce)
{
    /// <summary>What a session signs: <c>ff 12 ‖ blake2_256(SCALE(record))</c>. No message of the queue begins so.</summary>
    public byte[] SigningBytes()
    {
        Span<byte> hash = stackalloc byte[Hash256.Size];
        Blake2b.Hash256(Scale.Encode(this), hash);
        return [0xFF, 0x12, .. hash];
    }
}
