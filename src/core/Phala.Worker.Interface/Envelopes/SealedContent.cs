using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Phala.Codec;
using Phala.Crypto;
using Phala.Crypto.Encryption;

namespace Phala.Worker.Interface.Envelopes;

/// <summary>Values in padded HPKE envelopes in base mode: encapsulation ‖ ciphertext ‖ tag.</summary>
internal static class SealedContent
{
    /// <summary>A value's padded encoding; clearing it is the caller's.</summary>
    internal static byte[] Pad<T>(in T value)
        where T : IScale<T>
    {
        byte[] padded = new byte[Padding.LengthOf(Scale.EncodedLength(value))];
        bool fits = Scale.TryEncode(value, padded, out _);
        System.Diagnostics.Debug.Assert(fits, "Padding does not shorten.");
        return padded;
    }

    /// <summary>Reads a value and its padding, which must fill the bytes.</summary>
    internal static bool TryUnpad<T>(ReadOnlySpan<byte> padded, [MaybeNullWhen(false)] out T value)
        where T : IScale<T>
    {
        ScaleReader reader = new(padded);
        return T.TryDecode(ref reader, out value) && Padding.IsPadding(reader.Rest, padded.Length);
    }

    internal static EnvelopeError Seal<T>(
        ReadOnlySpan<byte> recipient, ReadOnlySpan<byte> info, ReadOnlySpan<byte> associatedData, in T value, ReadOnlySpan<byte> ephemeralMaterial, out byte[] envelope)
        where T : IScale<T>
    {
        byte[] padded = Pad(value);
        envelope = new byte[padded.Length + Hpke.Overhead];
        HpkeError error = Hpke.Seal(recipient, info, associatedData, padded, ephemeralMaterial, envelope);
        CryptographicOperations.ZeroMemory(padded);
        return Translate(error);
    }

    internal static EnvelopeError TryOpen<T>(
        X25519KeyPair recipient, ReadOnlySpan<byte> info, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> envelope, out T? value)
        where T : IScale<T>
    {
        value = default;
        if (envelope.Length < Hpke.Overhead) return EnvelopeError.Truncated;
        using SecretBytes plaintext = new(envelope.Length - Hpke.Overhead);
        HpkeError error = Hpke.Open(recipient, info, associatedData, envelope, plaintext.Span);
        if (error != HpkeError.None) return Translate(error);
        return TryUnpad<T>(plaintext.Span, out value) ? EnvelopeError.None : EnvelopeError.Malformed;
    }

    internal static EnvelopeError Translate(HpkeError error) => error switch
    {
        HpkeError.None => EnvelopeError.None,
        HpkeError.InvalidPublicKey => EnvelopeError.InvalidKey,
        HpkeError.Truncated => EnvelopeError.Truncated,
        _ => EnvelopeError.NotAuthentic,
    };
}
