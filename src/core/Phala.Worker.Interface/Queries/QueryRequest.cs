using Phala.Codec;
using Phala.Crypto.Hashing;
using Phala.Trie;

namespace Phala.Worker.Interface.Queries;

/// <summary>A query, without who asks.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Data">What is asked.</param>
/// <param name="Nonce">Drawn for this query.</param>
/// <param name="MinFinalized">The number of the block that the worker must have verified at least.</param>
/// <param name="Expiry">In milliseconds since 1970, compared with the worker's view: at most <see cref="LongestLife"/> after it.</param>
[Scale]
public sealed partial record QueryRequest(Hash256 Contract, InkQueryData Data, QueryNonce Nonce, uint MinFinalized, ulong Expiry)
{
    /// <summary>A day, in milliseconds.</summary>
    public const ulong LongestLife = 24 * 60 * 60 * 1000;

    /// <summary>The BLAKE2b-256 hash of the request's encoding: what the caller signs and the answer names.</summary>
    public Hash256 Hash()
    {
        Span<byte> hash = stackalloc byte[Hash256.Size];
        Blake2b.Hash256(Scale.Encode(this), hash);
        return new Hash256(hash);
    }
}
