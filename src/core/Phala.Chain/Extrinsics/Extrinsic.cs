using System.Diagnostics.CodeAnalysis;
using Phala.Codec;

namespace Phala.Chain.Extrinsics;

/// <summary>An extrinsic with its framing read: who signed, and where extensions and call begin.</summary>
/// <remarks>
/// <para><b>Concept.</b> Three parts of the system know three parts of an extrinsic. The framing — format, address, signature — is the same on every chain and is read
/// here. The transaction extensions are the runtime's: it gives their type to <see cref="TrySplit"/> or reads <see cref="Payload"/> itself. The call is the
/// rest.</para>
/// <para><b>Invariant.</b> The bytes are kept as they came, and framing, extensions and call are consecutive parts of them: nothing is encoded again to be
/// hashed or signed.</para>
/// <para><b>Trust.</b> None: that the signature is good is for <see cref="MultiSignature.Verify"/> over a <see cref="SigningPayload"/>.</para>
/// </remarks>
public readonly record struct Extrinsic
{
    private readonly int _payloadStart;

    private Extrinsic(OpaqueExtrinsic opaque, ExtrinsicFormat format, int payloadStart) => (Opaque, Format, _payloadStart) = (opaque, format, payloadStart);

    /// <summary>The extrinsic as it came.</summary>
    public OpaqueExtrinsic Opaque { get; }

    /// <summary>The kind.</summary>
    public ExtrinsicFormat Format { get; }

    /// <summary>Whose signature it claims to bear; meaningless unless <see cref="IsSigned"/>.</summary>
    public MultiAddress Address { get; private init; }

    /// <summary>The signature; meaningless unless <see cref="IsSigned"/>.</summary>
    public MultiSignature Signature { get; private init; }

    /// <summary>Which of the runtime's sets of extensions follows; 0 unless the format is <see cref="ExtrinsicFormat.GeneralV5"/>.</summary>
    public byte ExtensionVersion { get; private init; }

    /// <summary>Whether there are an address and a signature.</summary>
    public bool IsSigned => Format == ExtrinsicFormat.SignedV4;

    /// <summary>Whether there are extensions before the call.</summary>
    public bool HasExtensions => Format is ExtrinsicFormat.SignedV4 or ExtrinsicFormat.GeneralV5;

    /// <summary>What follows the framing: the extensions, where there are any, and the call.</summary>
    public ReadOnlySpan<byte> Payload => Opaque.Body.AsSpan()[_payloadStart..];

    /// <summary>Reads the framing of bytes that begin with their length, as RPC and network bring them.</summary>
    /// <param name="encoded">The bytes; they are copied.</param>
    /// <param name="extrinsic">The extrinsic.</param>
    /// <returns><see cref="ExtrinsicError.None"/>, or why there is none. Any bytes give an answer.</returns>
    public static ExtrinsicError TryDecode(ReadOnlySpan<byte> encoded, out Extrinsic extrinsic)
    {
        extrinsic = default;
        DecodeResult<OpaqueExtrinsic> opaque = Scale.Decode<OpaqueExtrinsic>(encoded);
        return opaque.IsOk ? TryDecode(opaque.Value, out extrinsic) : ExtrinsicError.WrongLength;
    }

    /// <summary>Reads the framing. Allocates nothing, unless the address is <see cref="MultiAddressKind.Raw"/>.</summary>
    /// <param name="opaque">The bytes.</param>
    /// <param name="extrinsic">The extrinsic.</param>
    /// <returns><see cref="ExtrinsicError.None"/>, or why there is none. Any bytes give an answer.</returns>
    public static ExtrinsicError TryDecode(OpaqueExtrinsic opaque, out Extrinsic extrinsic)
    {
        extrinsic = default;
        ScaleReader reader = new(opaque.Body.AsSpan());
        if (!reader.TryReadByte(out byte format)) return ExtrinsicError.Empty;
        switch ((ExtrinsicFormat)format)
        {
            case ExtrinsicFormat.BareV4 or ExtrinsicFormat.BareV5:
                extrinsic = new Extrinsic(opaque, (ExtrinsicFormat)format, reader.Position);
                return ExtrinsicError.None;
            case ExtrinsicFormat.GeneralV5:
                if (!reader.TryReadByte(out byte version)) return ExtrinsicError.MissingExtensionVersion;
                extrinsic = new Extrinsic(opaque, ExtrinsicFormat.GeneralV5, reader.Position) { ExtensionVersion = version };
                return ExtrinsicError.None;
            case ExtrinsicFormat.SignedV4:
                if (!MultiAddress.TryDecode(ref reader, out MultiAddress address)) return ExtrinsicError.MalformedAddress;
                if (!MultiSignature.TryDecode(ref reader, out MultiSignature signature)) return ExtrinsicError.MalformedSignature;
                extrinsic = new Extrinsic(opaque, ExtrinsicFormat.SignedV4, reader.Position) { Address = address, Signature = signature };
                return ExtrinsicError.None;
            default:
                return ExtrinsicError.UnknownFormat;
        }
    }

    /// <summary>Divides the payload with the runtime's type of extensions. Without extensions the payload is the call.</summary>
    /// <typeparam name="TExtensions">All extensions of the set in order, as a record.</typeparam>
    /// <param name="extensions">The extensions; the type's default where <see cref="HasExtensions"/> is false.</param>
    /// <param name="encodedExtensions">Their bytes, which the signature covers after the call.</param>
    /// <param name="call">The call's bytes: whether they are a call, and no more than one, is for the runtime.</param>
    /// <returns>False where the bytes are no such extensions.</returns>
    public bool TrySplit<TExtensions>([MaybeNullWhen(false)] out TExtensions extensions, out ReadOnlySpan<byte> encodedExtensions, out ReadOnlySpan<byte> call)
        where TExtensions : struct, IScale<TExtensions>
    {
        ReadOnlySpan<byte> payload = Payload;
        encodedExtensions = [];
        call = payload;
        extensions = default;
        if (!HasExtensions) return true;
        ScaleReader reader = new(payload);
        if (!TExtensions.TryDecode(ref reader, out extensions))
        {
            call = [];
            return false;
        }

        encodedExtensions = payload[..reader.Position];
        call = reader.Rest;
        return true;
    }

    /// <summary>An inherent, or a call that proves its own right.</summary>
    public static OpaqueExtrinsic Bare(ReadOnlySpan<byte> call) => new(Vec.Create<byte>([(byte)ExtrinsicFormat.BareV4, .. call]));

    /// <summary>A signed extrinsic.</summary>
    /// <param name="address">The signer.</param>
    /// <param name="signature">The signature over a <see cref="SigningPayload"/>.</param>
    /// <param name="extensions">The encoded extensions.</param>
    /// <param name="call">The encoded call.</param>
    public static OpaqueExtrinsic Signed(in MultiAddress address, in MultiSignature signature, ReadOnlySpan<byte> extensions, ReadOnlySpan<byte> call) =>
        new(Vec.Create<byte>([(byte)ExtrinsicFormat.SignedV4, .. Scale.Encode(address), .. Scale.Encode(signature), .. extensions, .. call]));

    /// <summary>An extrinsic whose extensions say on whose behalf.</summary>
    /// <param name="extensionVersion">Which of the runtime's sets of extensions.</param>
    /// <param name="extensions">The encoded extensions.</param>
    /// <param name="call">The encoded call.</param>
    public static OpaqueExtrinsic General(byte extensionVersion, ReadOnlySpan<byte> extensions, ReadOnlySpan<byte> call) =>
        new(Vec.Create<byte>([(byte)ExtrinsicFormat.GeneralV5, extensionVersion, .. extensions, .. call]));
}
