using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Phala.Crypto.Curve25519;

namespace Phala.Crypto.Signatures;

/// <summary>An ed25519 secret key with its public key. Signing is deterministic and takes the same time for all secrets.</summary>
/// <remarks>The clamped scalar and the nonce's prefix (RFC 8032 §5.1.5) lie in <see cref="SecretBytes"/> and are zeroed on <see cref="Dispose"/>.</remarks>
public sealed class Ed25519KeyPair : IDisposable
{
    private const int HalfLength = 32;

    private readonly SecretBytes _expanded;
    private readonly byte[] _publicKey = new byte[Ed25519.PublicKeyLength];

    private Ed25519KeyPair(SecretBytes expanded)
    {
        _expanded = expanded;
        EdwardsPoint.MultiplyBase(ReadScalar()).Compress(_publicKey);
    }

    /// <summary>The public key, 32 bytes.</summary>
    public ReadOnlySpan<byte> PublicKey => _publicKey;

    /// <summary>Expands a seed.</summary>
    /// <param name="seed">32 bytes, RFC 8032's private key.</param>
    /// <exception cref="ArgumentException">The seed is not 32 bytes long.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The key pair owns the secret.")]
    public static Ed25519KeyPair FromSeed(ReadOnlySpan<byte> seed)
    {
        SpanLength.Require(seed, Ed25519.SeedLength, nameof(seed));
        SecretBytes expanded = new(2 * HalfLength);
        SHA512.HashData(seed, expanded.Span);
        Scalar.Clamp(expanded.Span[..HalfLength]);
        return new Ed25519KeyPair(expanded);
    }

    /// <summary>Signs a message. Allocates nothing, or, for a message above 480 bytes, a hash state of fixed size.</summary>
    /// <param name="message">What to sign.</param>
    /// <param name="signature">Receives 64 bytes.</param>
    /// <exception cref="ArgumentException">The signature span is not 64 bytes long.</exception>
    public void Sign(ReadOnlySpan<byte> message, Span<byte> signature)
    {
        SpanLength.Require(signature, Ed25519.SignatureLength, nameof(signature));
        Scalar r = Ed25519.HashSecretToScalar(_expanded.Span[HalfLength..], message);

        // The message may share memory with the signature: nothing is written before it has been hashed twice. Two challenges under one nonce would give the key away.
        Span<byte> nonce = stackalloc byte[HalfLength];
        EdwardsPoint.MultiplyBase(r).Compress(nonce);
        Scalar k = Ed25519.HashToScalar(nonce, _publicKey, message);
        nonce.CopyTo(signature);
        Scalar.MultiplyAdd(k, ReadScalar(), r).ToBytes(signature[HalfLength..]);
    }

    /// <summary>Zeroes the secret key.</summary>
    public void Dispose() => _expanded.Dispose();

    // The base point has order l, so the clamped scalar may be reduced.
    private Scalar ReadScalar()
    {
        Scalar scalar = Scalar.FromBytesModOrder(_expanded.Span[..HalfLength]);
        GC.KeepAlive(this);
        return scalar;
    }
}
