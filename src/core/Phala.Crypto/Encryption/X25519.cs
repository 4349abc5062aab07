using Phala.Crypto.Curve25519;

namespace Phala.Crypto.Encryption;

/// <summary>
/// X25519 (RFC 7748): two parties each multiply the other's public u-coordinate on curve25519 with their own private number and get the same 32 bytes.
/// </summary>
/// <remarks>
/// Concept: Diffie–Hellman. Invariant: agreement is symmetric, and a shared secret of zero, which anybody could force by a point of small order, never leaves
/// here. Trust: the shared secret authenticates nobody and is not a key: derive one, as <see cref="Hpke"/> does. Constant time in the private key.
/// </remarks>
public static class X25519
{
    /// <summary>The length in bytes of private keys, public keys and shared secrets.</summary>
    public const int KeyLength = 32;

    /// <summary>The public key that belongs to a private key.</summary>
    /// <param name="privateKey">Any 32 bytes; they are clamped here.</param>
    /// <param name="publicKey">Receives 32 bytes.</param>
    /// <exception cref="ArgumentException">A span is not 32 bytes long.</exception>
    public static void PublicKey(ReadOnlySpan<byte> privateKey, Span<byte> publicKey)
    {
        RequireKey(privateKey, nameof(privateKey));
        RequireKey(publicKey, nameof(publicKey));
        MontgomeryLadder.MultiplyBase(privateKey, publicKey);
    }

    /// <summary>The shared secret of one's private key and the peer's public key.</summary>
    /// <param name="privateKey">Any 32 bytes; they are clamped here.</param>
    /// <param name="peer">The peer's public key: any 32 bytes, the highest bit is ignored.</param>
    /// <param name="shared">Receives 32 bytes.</param>
    /// <returns>False, and zeros, where the peer's key is a point of small order (RFC 7748 §6.1).</returns>
    /// <exception cref="ArgumentException">A span is not 32 bytes long.</exception>
    public static bool TryAgree(ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> peer, Span<byte> shared)
    {
        RequireKey(privateKey, nameof(privateKey));
        RequireKey(peer, nameof(peer));
        RequireKey(shared, nameof(shared));
        MontgomeryLadder.Multiply(privateKey, peer, shared);

        // Every byte is looked at: only whether all are zero is revealed.
        int any = 0;
        foreach (byte value in shared) any |= value;
        return any != 0;
    }

    internal static void RequireKey(ReadOnlySpan<byte> key, string name) => SpanLength.Require(key, KeyLength, name);
}
