using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Codec.TypeInfo;
using Phala.Crypto.Signatures;

namespace Phala.Chain;

/// <summary>A signature of one of three schemes. Decoding and verifying allocate nothing.</summary>
/// <remarks>Written by hand, not generated: the generator's unions are classes, and every signed extrinsic has a signature.</remarks>
public readonly record struct MultiSignature : IScale<MultiSignature>
{
    // A signature of 64 bytes is followed by a zero.
    private readonly SignatureBytes _bytes;

    /// <summary>Takes a signature's bytes.</summary>
    /// <exception cref="ArgumentException">No such scheme, or not as many bytes as it has.</exception>
    public MultiSignature(SignatureScheme scheme, ReadOnlySpan<byte> signature)
    {
        if (scheme > SignatureScheme.Ecdsa) throw new ArgumentException("No such scheme.", nameof(scheme));
        if (signature.Length != LengthOf(scheme)) throw new ArgumentException($"The scheme's signatures have {LengthOf(scheme)} bytes.", nameof(signature));
        Span<byte> padded = stackalloc byte[SignatureBytes.Size];
        padded[^1] = 0;
        signature.CopyTo(padded);
        (Scheme, _bytes) = (scheme, new SignatureBytes(padded));
    }

    /// <summary>The scheme.</summary>
    public SignatureScheme Scheme { get; }

    /// <summary>The signature: 64 bytes, or 65 of ECDSA.</summary>
    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan()[..LengthOf(Scheme)];

    /// <inheritdoc/>
    public static int MinimumLength => 1 + Ed25519.SignatureLength;

    /// <inheritdoc/>
    public static bool IsFixedLength => false;

    /// <summary>How many bytes a scheme's signatures have.</summary>
    public static int LengthOf(SignatureScheme scheme) =>
        scheme == SignatureScheme.Ecdsa ? EcdsaSecp256k1.RecoverableSignatureLength : Ed25519.SignatureLength;

    /// <summary>Whether the holder of the account's key signed the message. An ECDSA signature's account is the BLAKE2b-256 hash of the compressed key.</summary>
    /// <returns><see cref="MultiSignatureError.None"/>, or why not. Any bytes give an answer.</returns>
    public MultiSignatureError Verify(ReadOnlySpan<byte> message, in AccountId account) => Scheme switch
    {
        SignatureScheme.Ed25519 => Translate(Ed25519.Verify(account.AsSpan(), message, Bytes)),
        SignatureScheme.Sr25519 => Translate(Sr25519.Verify(account.AsSpan(), message, Bytes)),
        _ => Translate(SubstrateEcdsa.Verify(account.AsSpan(), message, Bytes)),
    };

    /// <inheritdoc/>
    public static bool TryDecode(ref ScaleReader reader, out MultiSignature value)
    {
        value = default;
        int start = reader.Position;
        if (!reader.TryReadByte(out byte scheme)) return false;
        if (scheme > (byte)SignatureScheme.Ecdsa) return reader.FailAt(ScaleError.UnknownVariant, start);
        if (!reader.TryReadSpan(LengthOf((SignatureScheme)scheme), out ReadOnlySpan<byte> bytes)) return false;
        value = new MultiSignature((SignatureScheme)scheme, bytes);
        return true;
    }

    /// <inheritdoc/>
    public static void Encode(ref ScaleWriter writer, in MultiSignature value)
    {
        writer.WriteByte((byte)value.Scheme);
        writer.WriteSpan(value.Bytes);
    }

    /// <inheritdoc/>
    public static int EncodedLength(in MultiSignature value) => 1 + LengthOf(value.Scheme);

    /// <inheritdoc/>
    public static int Compare(in MultiSignature left, in MultiSignature right) =>
        left.Scheme != right.Scheme ? left.Scheme.CompareTo(right.Scheme) : left.Bytes.SequenceCompareTo(right.Bytes);

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Named(typeof(MultiSignature), static registry => new TypeDescription(
        ["sp_runtime", "MultiSignature"],
        [],
        new TypeDefinition.Variant([Variant(registry, SignatureScheme.Ed25519), Variant(registry, SignatureScheme.Sr25519), Variant(registry, SignatureScheme.Ecdsa)]),
        []));

    /// <summary>The scheme and the bytes.</summary>
    public override string ToString() => $"{Scheme} {Hex.Format(Bytes)}";

    private static MultiSignatureError Translate(SignatureVerdict verdict) => verdict switch
    {
        SignatureVerdict.Valid => MultiSignatureError.None,
        SignatureVerdict.WrongSignature => MultiSignatureError.WrongSignature,
        SignatureVerdict.MalformedPublicKey => MultiSignatureError.MalformedPublicKey,
        _ => MultiSignatureError.MalformedSignature,
    };

    private static MultiSignatureError Translate(EcdsaError error) => error switch
    {
        EcdsaError.None => MultiSignatureError.None,
        EcdsaError.WrongSignature or EcdsaError.NoKey => MultiSignatureError.WrongSignature,
        _ => MultiSignatureError.MalformedSignature,
    };

    private static TypeVariant Variant(TypeRegistryBuilder registry, SignatureScheme scheme)
    {
        int bytes = registry.Array((uint)LengthOf(scheme), U8Codec.Describe(registry));
        string module = scheme.ToString().ToLowerInvariant();
        return new TypeVariant(scheme.ToString(), [new TypeField(null, bytes, $"{module}::Signature", [])], (byte)scheme, []);
    }
}
