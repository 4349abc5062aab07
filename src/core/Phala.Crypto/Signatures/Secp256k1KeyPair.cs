using System.Diagnostics.CodeAnalysis;

namespace Phala.Crypto.Signatures;

/// <summary>A secret key of secp256k1 with its public key. Signing is deterministic and takes the same steps for all secrets.</summary>
/// <remarks>The secret lies in <see cref="SecretBytes"/> and is zeroed on <see cref="Dispose"/>.</remarks>
public sealed class Secp256k1KeyPair : IDisposable
{
    private readonly SecretBytes _secret;

    private Secp256k1KeyPair(SecretBytes secret, in Secp256k1PublicKey publicKey)
    {
        _secret = secret;
        PublicKey = publicKey;
    }

    /// <summary>The public key.</summary>
    public Secp256k1PublicKey PublicKey { get; }

    /// <summary>Takes a secret key over.</summary>
    /// <param name="secretKey">32 bytes, big-endian.</param>
    /// <param name="pair">The key pair, or null.</param>
    /// <returns>False where the secret is zero or not below the group order.</returns>
    [SuppressMessage("Reliability", "CA2000", Justification = "The key pair owns the secret.")]
    public static bool TryFromSecret(ReadOnlySpan<byte> secretKey, [NotNullWhen(true)] out Secp256k1KeyPair? pair)
    {
        pair = EcdsaSecp256k1.TryDerivePublicKey(secretKey, out Secp256k1PublicKey publicKey) ? new Secp256k1KeyPair(new SecretBytes(secretKey), publicKey) : null;
        return pair is not null;
    }

    /// <summary>Signs a hash.</summary>
    /// <param name="hash">The 32-byte hash of the message.</param>
    /// <param name="signature">Receives r ‖ s in 64 bytes, or r ‖ s ‖ v in 65 with v from 0 to 3.</param>
    public void SignHash(ReadOnlySpan<byte> hash, Span<byte> signature)
    {
        EcdsaSecp256k1.TrySign(_secret.Span, hash, signature);
        GC.KeepAlive(this);
    }

    /// <summary>Signs a message as Substrate's <c>ecdsa</c> accounts do: its BLAKE2b-256 hash.</summary>
    /// <param name="message">The message.</param>
    /// <param name="signature">Receives 65 bytes.</param>
    public void Sign(ReadOnlySpan<byte> message, Span<byte> signature)
    {
        SubstrateEcdsa.TrySign(_secret.Span, message, signature);
        GC.KeepAlive(this);
    }

    /// <inheritdoc/>
    public void Dispose() => _secret.Dispose();
}
