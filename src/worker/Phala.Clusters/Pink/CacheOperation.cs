using Phala.Codec;

namespace Phala.Clusters.Pink;

/// <summary>What a command wants remembered on every worker.</summary>
[Scale]
public abstract partial record CacheOperation
{
    private CacheOperation()
    {
    }

    /// <summary>A value.</summary>
    /// <param name="Key">The key.</param>
    /// <param name="Value">The value.</param>
    [Variant(0)]
    public sealed record Set(Vec<byte> Key, Vec<byte> Value) : CacheOperation;

    /// <summary>For how long.</summary>
    /// <param name="Key">The key.</param>
    /// <param name="Expiration">Seconds from the entry's time on.</param>
    [Variant(1)]
    public sealed record SetExpiration(Vec<byte> Key, ulong Expiration) : CacheOperation;

    /// <summary>A value no more.</summary>
    /// <param name="Key">The key.</param>
    [Variant(2)]
    public sealed record Remove(Vec<byte> Key) : CacheOperation;
}
