using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Phala.Crypto.Curve25519;
using Phala.Crypto.Transcripts;

namespace Phala.Crypto.Signatures;

/// <summary>An sr25519 secret key with its public key: signs, derives children and agrees on secrets.</summary>
/// <remarks>
/// The secret is a scalar x, not zero, and 32 bytes that keep nonces secret even where entropy fails. Both lie in <see cref="SecretBytes"/> and are zeroed on
/// <see cref="Dispose"/>. Everything here takes the same time for all secrets: scalars meet only the constant-time multiplications of
/// <c>Phala.Crypto.Curve25519</c> and the transcripts.
/// </remarks>
public sealed class Sr25519KeyPair : IDisposable
{
    private const int HalfLength = 32;

    private readonly SecretBytes _secret;
    private readonly byte[] _publicKey = new byte[Sr25519.PublicKeyLength];

    /// <summary>Takes over the canonical form of a secret.</summary>
    private Sr25519KeyPair(SecretBytes secret)
    {
        _secret = secret;
        RistrettoPoint.MultiplyBase(ReadScalar()).Encode(_publicKey);
    }

    /// <summary>The public key, 32 bytes.</summary>
    public ReadOnlySpan<byte> PublicKey => _publicKey;

    /// <summary>Expands a seed ("mini secret key").</summary>
    /// <param name="seed">32 bytes, copied nowhere.</param>
    /// <param name="expansion">How; Substrate's wallets use the default.</param>
    /// <exception cref="ArgumentException">The seed is not 32 bytes long.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The key pair owns the secret.")]
    public static Sr25519KeyPair FromSeed(ReadOnlySpan<byte> seed, Sr25519Expansion expansion = Sr25519Expansion.Ed25519)
    {
        SpanLength.Require(seed, Sr25519.SeedLength, nameof(seed));
        SecretBytes secret = new(Sr25519.SecretLength);
        if (expansion == Sr25519Expansion.Uniform) ExpandUniform(seed, secret.Span);
        else ExpandEd25519(seed, secret.Span);
        return new Sr25519KeyPair(secret);
    }

    /// <summary>Reads an expanded secret key.</summary>
    /// <param name="secret">64 bytes; others are refused.</param>
    /// <param name="form">Which of the two forms it has; the bytes do not tell.</param>
    /// <param name="pair">The key pair, or null.</param>
    /// <returns>False where the scalar is zero or not below the group's order.</returns>
    [SuppressMessage("Reliability", "CA2000", Justification = "The key pair owns the secret.")]
    public static bool TryFromSecret(ReadOnlySpan<byte> secret, Sr25519SecretForm form, [NotNullWhen(true)] out Sr25519KeyPair? pair)
    {
        pair = null;
        if (secret.Length != Sr25519.SecretLength) return false;
        SecretBytes canonical = new(secret);
        if (form == Sr25519SecretForm.Ed25519) DivideByCofactor(canonical.Span[..HalfLength]);
        if (!Scalar.TryFromCanonicalBytes(canonical.Span[..HalfLength], out Scalar scalar) || scalar.IsZero)
        {
            canonical.Dispose();
            return false;
        }

        pair = new Sr25519KeyPair(canonical);
        return true;
    }

    /// <summary>Writes the secret key, for sealing or hand-over; clearing the copy is the caller's.</summary>
    /// <param name="form">Which of the two forms to write.</param>
    /// <param name="destination">Receives 64 bytes.</param>
    /// <exception cref="ArgumentException">The span is not 64 bytes long.</exception>
    public void CopySecret(Sr25519SecretForm form, Span<byte> destination)
    {
        SpanLength.Require(destination, Sr25519.SecretLength, nameof(destination));
        _secret.Span.CopyTo(destination);
        if (form == Sr25519SecretForm.Ed25519) MultiplyByCofactor(destination[..HalfLength]);
        GC.KeepAlive(this);
    }

    /// <summary>Signs a message under the context "substrate".</summary>
    /// <param name="message">What to sign.</param>
    /// <param name="entropy">
    /// 32 random bytes. They guard against faults and side channels; should they be known or repeat, the signature is still safe, because the nonce also
    /// depends on the secret key and on everything that is signed.
    /// </param>
    /// <param name="signature">Receives 64 bytes.</param>
    /// <exception cref="ArgumentException">A span has a wrong length.</exception>
    public void Sign(ReadOnlySpan<byte> message, ReadOnlySpan<byte> entropy, Span<byte> signature) =>
        Sign(Sr25519Context.Substrate, message, entropy, signature);

    /// <summary>Signs a message under a context.</summary>
    /// <param name="context">The application's context.</param>
    /// <inheritdoc cref="Sign(ReadOnlySpan{byte}, ReadOnlySpan{byte}, Span{byte})"/>
    /// <param name="message"/><param name="entropy"/><param name="signature"/>
    public void Sign(in Sr25519Context context, ReadOnlySpan<byte> message, ReadOnlySpan<byte> entropy, Span<byte> signature)
    {
        SpanLength.Require(signature, Sr25519.SignatureLength, nameof(signature));
        Transcript transcript = context.Message(message);
        Sr25519.BeginProtocol(ref transcript, _publicKey);
        Scalar r = Witness(transcript, "signing"u8, entropy);
        RistrettoPoint.MultiplyBase(r).Encode(signature[..32]);
        Scalar k = Sr25519.Challenge(ref transcript, signature[..32]);
        Scalar.MultiplyAdd(k, ReadScalar(), r).ToBytes(signature[32..]);
        signature[63] |= 0x80;
    }

    /// <summary>The child that only the secret key can derive, expanded as Substrate expands seeds (<c>//name</c> in a secret URI).</summary>
    /// <param name="chainCode">32 bytes: which child.</param>
    /// <exception cref="ArgumentException">The chain code is not 32 bytes long.</exception>
    public Sr25519KeyPair DeriveHard(ReadOnlySpan<byte> chainCode)
    {
        Span<byte> seed = stackalloc byte[Sr25519.SeedLength];
        DeriveHardSeed(chainCode, seed);
        Sr25519KeyPair child = FromSeed(seed);
        CryptographicOperations.ZeroMemory(seed);
        return child;
    }

    /// <summary>The seed of the child that only the secret key can derive.</summary>
    /// <param name="chainCode">32 bytes: which child.</param>
    /// <param name="seed">Receives 32 bytes; clearing them is the caller's.</param>
    /// <param name="index">More to tell children apart; Substrate uses none.</param>
    /// <param name="nextChainCode">Receives the child's own chain code, 32 bytes, unless empty.</param>
    /// <exception cref="ArgumentException">A span has a wrong length.</exception>
    public void DeriveHardSeed(ReadOnlySpan<byte> chainCode, Span<byte> seed, ReadOnlySpan<byte> index = default, Span<byte> nextChainCode = default)
    {
        SpanLength.Require(chainCode, Sr25519.ChainCodeLength, nameof(chainCode));
        SpanLength.Require(seed, Sr25519.SeedLength, nameof(seed));
        if (!nextChainCode.IsEmpty) SpanLength.Require(nextChainCode, Sr25519.ChainCodeLength, nameof(nextChainCode));
        Sr25519Derivation.HardSeed(chainCode, index, _secret.Span[..HalfLength], seed, nextChainCode);
        GC.KeepAlive(this);
    }

    /// <summary>
    /// The child whose public key also <see cref="Sr25519.TryDeriveSoft"/> gives (<c>/name</c> in a secret URI). Whoever learns a soft child's secret and the
    /// parent's public key knows the parent's secret.
    /// </summary>
    /// <param name="chainCode">32 bytes: which child.</param>
    /// <param name="index">More to tell children apart; Substrate uses none.</param>
    /// <param name="nextChainCode">Receives the child's own chain code, 32 bytes, unless empty.</param>
    /// <exception cref="ArgumentException">A span has a wrong length.</exception>
    /// <remarks>The reference draws the child's nonce half at random; here it is a function of the parent, so that a path always names the same 64 bytes.</remarks>
    [SuppressMessage("Reliability", "CA2000", Justification = "The key pair owns the secret.")]
    public Sr25519KeyPair DeriveSoft(ReadOnlySpan<byte> chainCode, ReadOnlySpan<byte> index = default, Span<byte> nextChainCode = default)
    {
        SpanLength.Require(chainCode, Sr25519.ChainCodeLength, nameof(chainCode));
        if (!nextChainCode.IsEmpty) SpanLength.Require(nextChainCode, Sr25519.ChainCodeLength, nameof(nextChainCode));
        Transcript transcript = Sr25519Derivation.Begin(index);
        Scalar child = ReadScalar() + Sr25519Derivation.SoftTweak(ref transcript, chainCode, _publicKey, nextChainCode);

        SecretBytes secret = new(Sr25519.SecretLength);
        child.ToBytes(secret.Span);
        TranscriptRngBuilder builder = transcript.BuildRng();
        builder.RekeyWithWitness("HDKD-nonce"u8, _secret.Span[HalfLength..]);
        builder.RekeyWithWitness("HDKD-nonce"u8, _secret.Span);
        Span<byte> noEntropy = stackalloc byte[TranscriptRngBuilder.EntropyLength];
        noEntropy.Clear();
        TranscriptRng rng = builder.Finish(noEntropy);
        rng.Fill(secret.Span[HalfLength..]);
        rng.Clear();
        GC.KeepAlive(this);
        return new Sr25519KeyPair(secret);
    }

    /// <summary>
    /// The secret that this key and a peer's key share: the encoding of x times the peer's point, as Phala's clients use it for AES-256-GCM. It authenticates
    /// nobody, and it is the same for ever: new protocols use <see cref="Encryption.Hpke"/>.
    /// </summary>
    /// <param name="peer">The peer's public key.</param>
    /// <param name="shared">Receives 32 bytes; zeros where there is no secret.</param>
    /// <returns>False where the peer's bytes are not a public key, or are that of the neutral element, with which everybody shares the same secret.</returns>
    /// <exception cref="ArgumentException">The destination is not 32 bytes long.</exception>
    public bool TryAgree(ReadOnlySpan<byte> peer, Span<byte> shared)
    {
        SpanLength.Require(shared, RistrettoPoint.Size, nameof(shared));
        shared.Clear();
        if (!Sr25519VerifyingKey.TryDecode(peer, out Sr25519VerifyingKey key) || key.Point.IsIdentity) return false;
        RistrettoPoint.Multiply(ReadScalar(), key.Point).Encode(shared);
        return true;
    }

    /// <summary>Zeroes the secret key.</summary>
    public void Dispose() => _secret.Dispose();

    /// <summary>A secret nonce that depends on the transcript, the secret key and the entropy.</summary>
    internal Scalar Witness(in Transcript transcript, ReadOnlySpan<byte> label, ReadOnlySpan<byte> entropy)
    {
        TranscriptRngBuilder builder = transcript.BuildRng();
        builder.RekeyWithWitness(label, _secret.Span[HalfLength..]);
        TranscriptRng rng = builder.Finish(entropy);
        Span<byte> wide = stackalloc byte[Scalar.WideSize];
        rng.Fill(wide);
        rng.Clear();
        Scalar nonce = Scalar.FromBytesModOrderWide(wide);
        CryptographicOperations.ZeroMemory(wide);
        GC.KeepAlive(this);
        return nonce;
    }

    /// <summary>The secret scalar.</summary>
    internal Scalar ReadScalar()
    {
        Scalar.TryFromCanonicalBytes(_secret.Span[..HalfLength], out Scalar scalar);
        GC.KeepAlive(this);
        return scalar;
    }

    private static void ExpandEd25519(ReadOnlySpan<byte> seed, Span<byte> secret)
    {
        SHA512.HashData(seed, secret);
        Scalar.Clamp(secret[..HalfLength]);
        DivideByCofactor(secret[..HalfLength]);
    }

    private static void ExpandUniform(ReadOnlySpan<byte> seed, Span<byte> secret)
    {
        Transcript transcript = Transcript.Create("ExpandSecretKeys"u8);
        transcript.AppendMessage("mini"u8, seed);
        Span<byte> wide = stackalloc byte[Scalar.WideSize];
        transcript.Challenge("sk"u8, wide);
        Scalar.FromBytesModOrderWide(wide).ToBytes(secret[..HalfLength]);
        CryptographicOperations.ZeroMemory(wide);
        transcript.Challenge("no"u8, secret[HalfLength..]);
        transcript.Clear();
    }

    /// <summary>The little-endian number shifted right by three bits.</summary>
    private static void DivideByCofactor(Span<byte> number)
    {
        for (int at = 0; at < number.Length - 1; at++) number[at] = (byte)((number[at] >> 3) | (number[at + 1] << 5));
        number[^1] >>= 3;
    }

    /// <summary>The little-endian number, below 2^253, shifted left by three bits.</summary>
    private static void MultiplyByCofactor(Span<byte> number)
    {
        for (int at = number.Length - 1; at > 0; at--) number[at] = (byte)((number[at] << 3) | (number[at - 1] >> 5));
        number[0] <<= 3;
    }
}
