using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Node.TxPool.Graph;
using Phala.Runtime.Interface.Transactions;
using Phala.Trie;

namespace Phala.Node.TxPool;

/// <summary>A transaction that was valid at some block, and how it is ordered among others. Immutable.</summary>
public sealed class PoolTransaction
{
    internal PoolTransaction(Hash256 hash, OpaqueExtrinsic extrinsic, AccountId signer, ValidTransaction validity, uint validatedAt, ReadOnlyMemory<byte> implied = default)
    {
        (Hash, Extrinsic, Signer, Validity, Implied, ValidatedAt) = (hash, extrinsic, signer, validity, implied, validatedAt);
        Length = ScaleWriter.CompactLength((uint)extrinsic.Body.Length) + extrinsic.Body.Length;
        ValidTill = validity.Longevity > ulong.MaxValue - validatedAt ? ulong.MaxValue : validatedAt + validity.Longevity;
        RequiredTags = TagsOf(validity.Requires);
        ProvidedTags = TagsOf(validity.Provides);
    }

    /// <summary>BLAKE2b-256 of the bytes with their length.</summary>
    public Hash256 Hash { get; }

    /// <summary>The bytes.</summary>
    public OpaqueExtrinsic Extrinsic { get; }

    /// <summary>The length in bytes with the length prefix.</summary>
    public int Length { get; }

    /// <summary>Who signed; the zero account where nobody did.</summary>
    public AccountId Signer { get; }

    /// <summary>What validation said.</summary>
    public ValidTransaction Validity { get; }

    /// <summary>Higher is sooner.</summary>
    public ulong Priority => Validity.Priority;

    /// <summary>The number of the best block from which on it is to be dropped.</summary>
    public ulong ValidTill { get; }

    /// <summary>The number of the block at whose state it was validated.</summary>
    public uint ValidatedAt { get; }

    /// <summary>The encoded <see cref="ImpliedData"/> under which the signature was verified; empty without a signature.</summary>
    public ReadOnlyMemory<byte> Implied { get; }

    internal Tag[] RequiredTags { get; }

    internal Tag[] ProvidedTags { get; }

    private static Tag[] TagsOf(Vec<Vec<byte>> tags)
    {
        if (tags.Length == 0) return [];
        if (tags.Length == 1) return [new Tag(tags[0])];
        HashSet<Tag> distinct = new(tags.Length);
        foreach (Vec<byte> tag in tags) distinct.Add(new Tag(tag));
        return [.. distinct];
    }
}
