using Phala.Codec;
using Phala.Crypto.Hashing;
using Phala.Trie;

namespace Phala.Worker.Interface.Queries;

/// <summary>What came of a query.</summary>
[Scale]
public abstract partial record QueryOutcome
{
    private QueryOutcome()
    {
    }

    /// <summary>It was run. That the contract succeeded is for the data to say.</summary>
    /// <param name="Data">As <see cref="InkQueryData"/> says.</param>
    [Variant(0, Unnamed = true)]
    public sealed record Returned(Vec<byte> Data) : QueryOutcome;

    /// <summary>It was not run.</summary>
    /// <param name="Reason">Why.</param>
    [Variant(1, Unnamed = true)]
    public sealed record Refused(QueryRefusal Reason) : QueryOutcome;

    /// <summary>The BLAKE2b-256 hash of the encoding.</summary>
    public Hash256 Hash()
    {
        Span<byte> hash = stackalloc byte[Hash256.Size];
        Blake2b.Hash256(Scale.Encode(this), hash);
        return new Hash256(hash);
    }
}
