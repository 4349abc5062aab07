using Phala.Chain;
using Phala.Crypto.Hashing;
using Phala.Trie;

namespace Phala.Runtime.Interface.Clusters;

/// <summary>How ids of contracts and of clusters come about. The chain and workers compute them alike.</summary>
public static class ContractId
{
    /// <summary>The longest salt in bytes.</summary>
    public const int MaxSalt = 128;

    /// <summary>A contract's id: <c>blake2_256(deployer ‖ code hash ‖ cluster ‖ salt)</c>.</summary>
    /// <exception cref="ArgumentException">The salt is longer than <see cref="MaxSalt"/>.</exception>
    public static Hash256 Of(in AccountId deployer, in Hash256 codeHash, in Hash256 cluster, ReadOnlySpan<byte> salt)
    {
        if (salt.Length > MaxSalt) throw new ArgumentException("The salt is too long.", nameof(salt));
        Span<byte> bytes = stackalloc byte[AccountId.Size + (2 * Hash256.Size) + salt.Length];
        deployer.AsSpan().CopyTo(bytes);
        codeHash.AsSpan().CopyTo(bytes[AccountId.Size..]);
        cluster.AsSpan().CopyTo(bytes[(AccountId.Size + Hash256.Size)..]);
        salt.CopyTo(bytes[(AccountId.Size + (2 * Hash256.Size))..]);
        return Hash(bytes);
    }

    /// <summary>The id of the n-th cluster, from 1: n in big endian in the last 8 bytes.</summary>
    public static Hash256 OfCluster(ulong number)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        bytes.Clear();
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], number);
        return new Hash256(bytes);
    }

    /// <summary>The account that holds what belongs to a cluster: <c>blake2_256("cluster:" ‖ id)</c>.</summary>
    public static AccountId AccountOfCluster(in Hash256 cluster)
    {
        Span<byte> bytes = stackalloc byte[8 + Hash256.Size];
        "cluster:"u8.CopyTo(bytes);
        cluster.AsSpan().CopyTo(bytes[8..]);
        return new AccountId(Hash(bytes).AsSpan());
    }

    private static Hash256 Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Hash256.Size];
        Blake2b.Hash256(bytes, hash);
        return new Hash256(hash);
    }
}
