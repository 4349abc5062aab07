using System.Buffers;
using System.Security.Cryptography;

namespace Phala.Crypto.Signatures;

/// <summary>
/// Phala's key hierarchy: master key to cluster keys to contract keys and the keys that contracts ask for. A child's seed is HKDF-SHA256 over the parent's
/// canonical 64-byte secret with a fixed salt.
/// </summary>
/// <remarks>
/// Invariant: equal parent and equal info give the same child on every worker. Trust: the parts of the info are joined without lengths, as the reference does it:
/// ("ab", "c") and ("a", "bc") name one child, so callers must use parts of fixed length or distinct labels.
/// </remarks>
public static class PhalaKeyDerivation
{
    private const int StackLimit = 256;

    private static ReadOnlySpan<byte> Salt =>
    [
        0x18, 0xe8, 0x76, 0xad, 0xfa, 0x74, 0xcc, 0x74, 0x3b, 0x4b, 0x7d, 0x7f, 0x92, 0xc9, 0x6e, 0x03,
        0xde, 0x55, 0x9a, 0x3c, 0x15, 0x27, 0x05, 0x81, 0xfc, 0xe4, 0x45, 0x96, 0x3d, 0x90, 0xf8, 0x5e,
    ];

    /// <summary>Derives a child key pair.</summary>
    /// <param name="parent">The parent.</param>
    /// <param name="first">The first part of the info, such as "cluster_key".</param>
    /// <param name="second">The second part, such as the cluster's identifier.</param>
    /// <param name="third">The third part.</param>
    public static Sr25519KeyPair Derive(
        Sr25519KeyPair parent, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second = default, ReadOnlySpan<byte> third = default)
    {
        ArgumentNullException.ThrowIfNull(parent);
        int length = first.Length + second.Length + third.Length;
        byte[]? rented = length > StackLimit ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> info = (rented is null ? stackalloc byte[StackLimit] : rented.AsSpan())[..length];
        first.CopyTo(info);
        second.CopyTo(info[first.Length..]);
        third.CopyTo(info[(first.Length + second.Length)..]);

        using SecretBytes secret = new(Sr25519.SecretLength), seed = new(Sr25519.SeedLength);
        parent.CopySecret(Sr25519SecretForm.Canonical, secret.Span);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret.Span, seed.Span, Salt, info);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return Sr25519KeyPair.FromSeed(seed.Span);
    }
}
