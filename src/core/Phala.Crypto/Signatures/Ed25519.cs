using System.Buffers;
using System.Security.Cryptography;
using Phala.Crypto.Curve25519;

namespace Phala.Crypto.Signatures;

/// <summary>
/// ed25519: signing by RFC 8032 §5.1.6, verification by the rules of ZIP-215, which leave nothing to the implementation, as a consensus needs it.
/// </summary>
/// <remarks>
/// <para>Concept: as sr25519, but over edwards25519 itself, with SHA-512 for the challenge and a nonce that is a hash of secret and message.</para>
/// <para>Invariant: a signature is valid when s is below the group's order, A and R decode (y may be from p to 2^255 − 1, the point of any order) and
/// 8·(s·B − k·A − R) is neutral. Batch and single verification give the same verdicts. Trust: who checks a signature believes that the holder of the secret key
/// signed these bytes, unless the key is of small order: such keys sign everything, and a caller who gives keys a meaning
/// refuses them by <see cref="Ed25519VerifyingKey.IsSmallOrder"/>.
/// Verification works on public data in variable time and allocates nothing once the array pool is warm.</para>
/// </remarks>
public static class Ed25519
{
    /// <summary>The length of a public key in bytes.</summary>
    public const int PublicKeyLength = 32;

    /// <summary>The length of a signature in bytes.</summary>
    public const int SignatureLength = 64;

    /// <summary>The length of a seed, RFC 8032's private key, in bytes.</summary>
    public const int SeedLength = 32;

    private const int StackLimit = 512;

    /// <summary>Verifies a signature.</summary>
    /// <param name="publicKey">The signer's public key.</param>
    /// <param name="message">What was signed.</param>
    /// <param name="signature">The signature.</param>
    /// <returns><see cref="SignatureVerdict.Valid"/>, or why not. Any bytes of any length give a verdict.</returns>
    public static SignatureVerdict Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        Ed25519VerifyingKey.TryDecode(publicKey, out Ed25519VerifyingKey key) ? key.Verify(message, signature) : SignatureVerdict.MalformedPublicKey;

    /// <summary>The scalar s of a signature.</summary>
    internal static SignatureVerdict ReadScalar(ReadOnlySpan<byte> signature, out Scalar s)
    {
        s = Scalar.Zero;
        if (signature.Length != SignatureLength) return SignatureVerdict.WrongLength;
        return Scalar.TryFromCanonicalBytes(signature[32..], out s) ? SignatureVerdict.Valid : SignatureVerdict.NonCanonicalScalar;
    }

    /// <summary>
    /// SHA-512(secret ‖ message) modulo the group's order. The secret is copied to the stack alone, which is cleared, or, before a message that is too long for
    /// it, nowhere: the hash takes it in parts and wipes its own state.
    /// </summary>
    internal static Scalar HashSecretToScalar(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> message)
    {
        if (message.Length <= StackLimit - secret.Length) return HashToScalar(secret, [], message);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        hash.AppendData(secret);
        hash.AppendData(message);
        Span<byte> wide = stackalloc byte[Scalar.WideSize];
        hash.GetHashAndReset(wide);
        Scalar scalar = Scalar.FromBytesModOrderWide(wide);
        CryptographicOperations.ZeroMemory(wide);
        return scalar;
    }

    /// <summary>
    /// SHA-512(first ‖ second ‖ message) modulo the group's order, of parts that are public where they are longer than the stack's share: those go through the
    /// array pool.
    /// </summary>
    internal static Scalar HashToScalar(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> message)
    {
        int length = first.Length + second.Length + message.Length;
        byte[]? rented = length > StackLimit ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> data = (rented is null ? stackalloc byte[StackLimit] : rented.AsSpan())[..length];
        first.CopyTo(data);
        second.CopyTo(data[first.Length..]);
        message.CopyTo(data[(first.Length + second.Length)..]);

        Span<byte> wide = stackalloc byte[Scalar.WideSize];
        SHA512.HashData(data, wide);
        Scalar scalar = Scalar.FromBytesModOrderWide(wide);
        CryptographicOperations.ZeroMemory(wide);
        CryptographicOperations.ZeroMemory(data);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return scalar;
    }
}
