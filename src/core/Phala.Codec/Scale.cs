namespace Phala.Codec;

/// <summary>
/// SCALE, Substrate's encoding of values as bytes: fixed integers least significant byte first, lengths and marked integers compact, records as their
/// fields one after the other, enums as an index byte and the variant's fields. Nothing in the bytes says what they mean; both sides must know the type.
/// </summary>
/// <remarks>
/// <para><b>Invariant.</b> Every value has exactly one encoding, and decoders accept no other: decoding and encoding again gives the same bytes, so
/// a hash of the encoding identifies the value.</para>
/// <para><b>Trust.</b> A decoded value was well-formed, no more: whether it is true, signed or within range is for others to check.</para>
/// </remarks>
public static class Scale
{
    /// <summary>Reads one value that fills the input exactly.</summary>
    /// <typeparam name="T">A type that is its own codec.</typeparam>
    public static DecodeResult<T> Decode<T>(ReadOnlySpan<byte> input, int maxDepth = ScaleReader.DefaultMaxDepth)
        where T : IScale<T> => Decode<T, T>(input, maxDepth);

    /// <summary>Reads one value that fills the input exactly, with a given codec.</summary>
    /// <typeparam name="TCodec">The codec, such as <c>VecCodec&lt;U32Codec, uint&gt;</c>.</typeparam>
    /// <typeparam name="T">The type of the value.</typeparam>
    public static DecodeResult<T> Decode<TCodec, T>(ReadOnlySpan<byte> input, int maxDepth = ScaleReader.DefaultMaxDepth)
        where TCodec : IScaleCodec<T>
    {
        ScaleReader reader = new(input, maxDepth);
        return TCodec.TryDecode(ref reader, out T? value) && reader.TryFinish()
            ? new DecodeResult<T>(value)
            : new DecodeResult<T>(reader.Error, reader.ErrorPosition);
    }

    /// <summary>The encoding of a value.</summary>
    public static byte[] Encode<T>(in T value)
        where T : IScale<T> => Encode<T, T>(value);

    /// <summary>The encoding of a value, with a given codec.</summary>
    public static byte[] Encode<TCodec, T>(in T value)
        where TCodec : IScaleCodec<T>
    {
        byte[] bytes = new byte[TCodec.EncodedLength(value)];
        ScaleWriter writer = new(bytes.AsSpan());
        TCodec.Encode(ref writer, value);
        return bytes;
    }

    /// <summary>Writes a value into a span, unless the span is too short, without allocating.</summary>
    public static bool TryEncode<T>(in T value, Span<byte> destination, out int written)
        where T : IScale<T> => TryEncode<T, T>(value, destination, out written);

    /// <summary>Writes a value into a span, unless the span is too short, with a given codec.</summary>
    public static bool TryEncode<TCodec, T>(in T value, Span<byte> destination, out int written)
        where TCodec : IScaleCodec<T>
    {
        written = 0;
        int length = TCodec.EncodedLength(value);
        if (length > destination.Length) return false;
        ScaleWriter writer = new(destination[..length]);
        TCodec.Encode(ref writer, value);
        written = length;
        return true;
    }

    /// <summary>Exactly how many bytes a value's encoding takes.</summary>
    public static int EncodedLength<T>(in T value)
        where T : IScale<T> => T.EncodedLength(value);
}
