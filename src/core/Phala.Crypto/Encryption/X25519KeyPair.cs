namespace Phala.Crypto.Encryption;

/// <summary>A private key for X25519 with its public key.</summary>
/// <remarks>The private key lies in <see cref="SecretBytes"/> and is zeroed on <see cref="Dispose"/>.</remarks>
public sealed class X25519KeyPair : IDisposable
{
    private readonly SecretBytes _privateKey;
    private readonly byte[] _publicKey = new byte[X25519.KeyLength];

    private X25519KeyPair(SecretBytes privateKey)
    {
        _privateKey = privateKey;
        X25519.PublicKey(privateKey.Span, _publicKey);
    }

    /// <summary>The public key, 32 bytes.</summary>
    public ReadOnlySpan<byte> PublicKey => _publicKey;

    /// <summary>A pair from a private key.</summary>
    /// <param name="privateKey">Any 32 bytes, copied; clearing the source remains the caller's.</param>
    /// <exception cref="ArgumentException">The span is not 32 bytes long.</exception>
    public static X25519KeyPair FromPrivateKey(ReadOnlySpan<byte> privateKey)
    {
        X25519.RequireKey(privateKey, nameof(privateKey));
        return new X25519KeyPair(new SecretBytes(privateKey));
    }

    /// <summary>A pair as a function of key material: DeriveKeyPair of RFC 9180 §7.1.3 for DHKEM(X25519, HKDF-SHA256).</summary>
    /// <param name="keyMaterial">At least 32 bytes of which an attacker cannot guess anything; the same bytes give the same pair.</param>
    /// <exception cref="ArgumentException">The key material is shorter than 32 bytes.</exception>
    public static X25519KeyPair Derive(ReadOnlySpan<byte> keyMaterial)
    {
        SecretBytes privateKey = new(X25519.KeyLength);
        HpkeKem.DerivePrivateKey(keyMaterial, privateKey.Span);
        return new X25519KeyPair(privateKey);
    }

    /// <inheritdoc cref="X25519.TryAgree"/>
    public bool TryAgree(ReadOnlySpan<byte> peer, Span<byte> shared)
    {
        bool agreed = X25519.TryAgree(_privateKey.Span, peer, shared);
        GC.KeepAlive(this);
        return agreed;
    }

    /// <summary>Writes the private key, for sealing or hand-over; clearing the copy is the caller's.</summary>
    /// <param name="destination">Receives 32 bytes.</param>
    /// <exception cref="ArgumentException">The span is not 32 bytes long.</exception>
    public void CopyPrivateKey(Span<byte> destination)
    {
        X25519.RequireKey(destination, nameof(destination));
        _privateKey.Span.CopyTo(destination);
        GC.KeepAlive(this);
    }

    /// <summary>Zeroes the private key.</summary>
    public void Dispose() => _privateKey.Dispose();
}
