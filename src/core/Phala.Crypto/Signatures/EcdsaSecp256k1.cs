using Phala.Crypto.Secp256k1;

namespace Phala.Crypto.Signatures;

/// <summary>
/// ECDSA over secp256k1 (SEC 1 §4.1) on 32-byte hashes: the signatures of Ethereum wallets and of Substrate's <c>ecdsa</c> accounts.
/// A signature is r ‖ s, big-endian, and where the key is to be recovered from it, v.
/// </summary>
/// <remarks>
/// <para>Concept: r is the x coordinate of a one-time point R = k·G, and s = (z + r·d)/k binds it to the hash z and the secret d. From r, s, z and one of at most four points R
/// with that coordinate, told by v, follows the public key.</para>
/// <para>Invariant: the nonce k is a function of the key and the hash (RFC 6979 with HMAC-SHA-256), so that signing needs no entropy and never repeats a nonce for another hash.
/// Signing and key derivation take the same branches and addresses for every key; verification and recovery, which see public data only, do not care.</para>
/// <para>Trust: <see cref="EcdsaError.None"/> from verification means that the holder of the key signed this hash. Recovery alone proves nothing:
/// compare the key or account it returns with the expected one.</para>
/// </remarks>
public static class EcdsaSecp256k1
{
    /// <summary>The length of a secret key in bytes.</summary>
    public const int SecretKeyLength = 32;

    /// <summary>The length of a message hash in bytes.</summary>
    public const int HashLength = 32;

    /// <summary>The length of r ‖ s in bytes.</summary>
    public const int SignatureLength = 64;

    /// <summary>The length of r ‖ s ‖ v in bytes.</summary>
    public const int RecoverableSignatureLength = 65;

    /// <summary>Ethereum counts v from here.</summary>
    private const int EthereumRecoveryBase = 27;

    /// <summary>Derives the public key. False where the secret is zero or not below the group order: it is no key.</summary>
    /// <param name="secretKey">32 bytes, big-endian.</param>
    /// <param name="publicKey">The key.</param>
    public static bool TryDerivePublicKey(ReadOnlySpan<byte> secretKey, out Secp256k1PublicKey publicKey)
    {
        ThrowIfLengthIsNot(SecretKeyLength, secretKey, nameof(secretKey));
        Scalar secret = Scalar.Read(secretKey, out bool overflow);
        publicKey = default;
        if (overflow || secret.IsZero) return false;
        publicKey = new Secp256k1PublicKey(BaseMultiplication.Multiply(secret));
        return true;
    }

    /// <summary>Signs a hash; s is the smaller of the two possible ones. False where the secret is no key.</summary>
    /// <param name="secretKey">32 bytes, big-endian.</param>
    /// <param name="hash">The 32-byte hash of the message.</param>
    /// <param name="signature">Receives r ‖ s in 64 bytes, or r ‖ s ‖ v in 65 with v from 0 to 3.</param>
    public static bool TrySign(ReadOnlySpan<byte> secretKey, ReadOnlySpan<byte> hash, Span<byte> signature)
    {
        ThrowIfLengthIsNot(SecretKeyLength, secretKey, nameof(secretKey));
        ThrowIfLengthIsNot(HashLength, hash, nameof(hash));
        if (signature.Length is not (SignatureLength or RecoverableSignatureLength))
        {
            throw new ArgumentOutOfRangeException(nameof(signature), signature.Length, "A signature takes 64 or 65 bytes.");
        }

        Scalar secret = Scalar.Read(secretKey, out bool overflow);
        if (overflow || secret.IsZero) return false;

        Rfc6979 nonces = new(secretKey, hash);
        Scalar z = Scalar.Read(hash, out _);
        while (!TrySign(secret, z, nonces.Next(), signature))
        {
            // r or s is zero for one nonce in 2^256.
        }

        nonces.Clear();
        return true;
    }

    /// <summary>Verifies a signature. One in 65 bytes must also name the point it was made with, so that no second v passes: the key recovered from it is the signer's.</summary>
    /// <param name="publicKey">The signer's key.</param>
    /// <param name="hash">The 32-byte hash of the message.</param>
    /// <param name="signature">Any bytes.</param>
    /// <param name="highS">What to do with an s above half of the group order.</param>
    public static EcdsaError Verify(in Secp256k1PublicKey publicKey, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature, EcdsaHighS highS = EcdsaHighS.Accept)
    {
        ThrowIfLengthIsNot(HashLength, hash, nameof(hash));
        if (signature.Length is not (SignatureLength or RecoverableSignatureLength)) return EcdsaError.BadLength;
        if (publicKey.IsDefault) return EcdsaError.NoKey;
        return signature.Length == RecoverableSignatureLength
            ? VerifyRecovered(publicKey, hash, signature, highS)
            : VerifyEquation(publicKey, hash, signature, highS);
    }

    /// <summary>Finds the one key under which a signature r ‖ s ‖ v belongs to a hash.</summary>
    /// <param name="hash">The 32-byte hash of the message.</param>
    /// <param name="signature">Any bytes; v is 0 to 3 or 27 to 30.</param>
    /// <param name="publicKey">The key, of no use where an error is returned.</param>
    /// <param name="highS">What to do with an s above half of the group order.</param>
    public static EcdsaError Recover(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature, out Secp256k1PublicKey publicKey, EcdsaHighS highS = EcdsaHighS.Accept)
    {
        ThrowIfLengthIsNot(HashLength, hash, nameof(hash));
        publicKey = default;
        if (signature.Length != RecoverableSignatureLength) return EcdsaError.BadLength;
        int id = signature[64] >= EthereumRecoveryBase ? signature[64] - EthereumRecoveryBase : signature[64];
        if (id > 3) return EcdsaError.BadRecoveryId;
        EcdsaError error = Read(signature, highS, out Scalar r, out Scalar s);
        if (error != EcdsaError.None) return error;
        if (!TryGetAbscissa(r, reduced: (id & 2) != 0, out FieldElement x)) return EcdsaError.NoSuchPoint;
        if (!AffinePoint.TryLift(x, odd: (id & 1) != 0, out AffinePoint nonce)) return EcdsaError.NoSuchPoint;

        // s·R = z·G + r·Q, hence Q = (s/r)·R - (z/r)·G.
        Scalar inverse = r.Invert(), z = Scalar.Read(hash, out _);
        JacobianPoint point = DoubleMultiplication.Multiply(-(z * inverse), s * inverse, nonce);
        if (!point.TryGetAffine(out AffinePoint key)) return EcdsaError.NoKey;
        publicKey = new Secp256k1PublicKey(key);
        return EcdsaError.None;
    }

    /// <summary>Signs with one nonce; the nonce and the secret meet no branch.</summary>
    private static bool TrySign(in Scalar secret, in Scalar z, in Scalar k, Span<byte> signature)
    {
        AffinePoint nonce = BaseMultiplication.Multiply(k);
        Span<byte> x = stackalloc byte[32];
        nonce.X.Write(x);
        Scalar r = Scalar.Read(x, out bool overflow);
        Scalar s = k.Invert() * (z + (r * secret));
        if (r.IsZero || s.IsZero) return false;

        // From here on everything is part of the signature, and public.
        bool negate = s.IsHigh;
        if (negate) s = -s;
        r.Write(signature);
        s.Write(signature[32..]);
        if (signature.Length == RecoverableSignatureLength) signature[64] = (byte)((overflow ? 2 : 0) | (nonce.Y.IsOdd() != negate ? 1 : 0));
        return true;
    }

    /// <summary>The key that follows from r, s and v is compared with the signer's.</summary>
    private static EcdsaError VerifyRecovered(in Secp256k1PublicKey publicKey, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature, EcdsaHighS highS)
    {
        EcdsaError error = Recover(hash, signature, out Secp256k1PublicKey recovered, highS);
        return error switch
        {
            EcdsaError.None => recovered == publicKey ? EcdsaError.None : EcdsaError.WrongSignature,
            EcdsaError.NoKey or EcdsaError.NoSuchPoint => EcdsaError.WrongSignature,
            _ => error,
        };
    }

    /// <summary>The point z/s·G + r/s·Q has the x coordinate r.</summary>
    private static EcdsaError VerifyEquation(in Secp256k1PublicKey publicKey, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature, EcdsaHighS highS)
    {
        EcdsaError error = Read(signature, highS, out Scalar r, out Scalar s);
        if (error != EcdsaError.None) return error;

        Scalar inverse = s.Invert(), z = Scalar.Read(hash, out _);
        JacobianPoint point = DoubleMultiplication.Multiply(z * inverse, r * inverse, publicKey.Point);
        return !point.IsInfinity && HasAbscissa(point, r) ? EcdsaError.None : EcdsaError.WrongSignature;
    }

    private static EcdsaError Read(ReadOnlySpan<byte> signature, EcdsaHighS highS, out Scalar r, out Scalar s)
    {
        r = Scalar.Read(signature[..32], out bool tooLargeR);
        s = Scalar.Read(signature.Slice(32, 32), out bool tooLargeS);
        if (tooLargeR || r.IsZero) return EcdsaError.ROutOfRange;
        if (tooLargeS || s.IsZero) return EcdsaError.SOutOfRange;
        return highS == EcdsaHighS.Reject && s.IsHigh ? EcdsaError.HighS : EcdsaError.None;
    }

    /// <summary>Whether the point's x coordinate is r modulo n: it is r or, where that is still below p, r + n. Compared without a division: X = x·Z².</summary>
    private static bool HasAbscissa(in JacobianPoint point, in Scalar r)
    {
        if (point.Z.IsZero()) return false;
        FieldElement zz = point.Z.Square();
        if (TryGetAbscissa(r, reduced: false, out FieldElement x) && point.X.Equals(x * zz)) return true;
        return TryGetAbscissa(r, reduced: true, out x) && point.X.Equals(x * zz);
    }

    /// <summary>r or r + n as an x coordinate; false where that is not below p.</summary>
    private static bool TryGetAbscissa(in Scalar r, bool reduced, out FieldElement x)
    {
        Span<byte> bytes = stackalloc byte[32];
        r.Write(bytes);
        FieldElement.TryRead(bytes, out x);
        if (!reduced) return true;

        // r + n is below p where r is below p - n.
        Scalar difference = new(0x402DA1722FC9BAEE, 0x4551231950B75FC4, 1, 0);
        if (!r.IsBelow(difference)) return false;
        x = (x + FieldElement.FromWords(0xBFD25E8CD0364141, 0xBAAEDCE6AF48A03B, 0xFFFFFFFFFFFFFFFE, 0xFFFFFFFFFFFFFFFF)).Reduce();
        return true;
    }

    private static void ThrowIfLengthIsNot(int length, ReadOnlySpan<byte> bytes, string name) => ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, length, name);
}
