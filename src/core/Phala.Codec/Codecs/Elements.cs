namespace Phala.Codec.Codecs;

/// <summary>The elements of sequences and arrays: what all their codecs share.</summary>
internal static class Elements<TCodec, T>
    where TCodec : IScaleCodec<T>
{
    /// <summary>Reads the number of elements and then the elements.</summary>
    internal static bool TryDecode(ref ScaleReader reader, out T[] elements)
    {
        if (typeof(TCodec) == typeof(U8Codec))
        {
            bool read = reader.TryReadByteSequence(out ReadOnlySpan<byte> bytes);
            elements = (T[])(object)bytes.ToArray();
            return read;
        }

        elements = [];
        if (!reader.TryReadLength(TCodec.MinimumLength, out int count)) return false;
        return count == 0 || TryDecodeItems(ref reader, count, out elements);
    }

    /// <summary>Reads a fixed number of elements.</summary>
    internal static bool TryDecodeExactly(ref ScaleReader reader, int count, out T[] elements)
    {
        elements = [];
        if (!reader.HasRoomFor((uint)count, TCodec.MinimumLength)) return reader.Fail(ScaleError.UnexpectedEnd);
        return TryDecodeItems(ref reader, count, out elements);
    }

    /// <summary>Writes the elements without their number.</summary>
    internal static void Encode(ref ScaleWriter writer, ReadOnlySpan<T> elements)
    {
        if (typeof(TCodec) == typeof(U8Codec))
        {
            writer.WriteSpan(AsBytes(elements));
            return;
        }

        foreach (ref readonly T element in elements) TCodec.Encode(ref writer, element);
    }

    /// <summary>The bytes that the elements take without their number.</summary>
    internal static int EncodedLength(ReadOnlySpan<T> elements)
    {
        if (TCodec.IsFixedLength) return checked(elements.Length * TCodec.MinimumLength);
        int length = 0;
        foreach (ref readonly T element in elements) length = checked(length + TCodec.EncodedLength(element));
        return length;
    }

    /// <summary>The order of sequences: element by element, then the shorter first.</summary>
    internal static int Compare(ReadOnlySpan<T> left, ReadOnlySpan<T> right)
    {
        int common = Math.Min(left.Length, right.Length);
        for (int at = 0; at < common; at++)
        {
            int order = TCodec.Compare(left[at], right[at]);
            if (order != 0) return order;
        }

        return left.Length.CompareTo(right.Length);
    }

    private static bool TryDecodeItems(ref ScaleReader reader, int count, out T[] elements)
    {
        elements = new T[Math.Min(count, Affordable(reader.Rest.Length))];
        int least = TCodec.MinimumLength;
        reader.Claim(count * least);
        for (int at = 0; at < count; at++)
        {
            if (at == elements.Length) Array.Resize(ref elements, (int)Math.Min(count, 2L * at));
            reader.Unclaim(least);
            if (TCodec.TryDecode(ref reader, out elements[at]!)) continue;
            elements = [];
            return false;
        }

        return true;
    }

    /// <summary>How many elements may have room before any has been read: a few bytes for each byte of the input. Large elements get more room as they turn out to be there.</summary>
    private static int Affordable(int inputLength) => (int)(8L * inputLength / System.Runtime.CompilerServices.Unsafe.SizeOf<T>()) + 16;

    // Unsafe cast: called where the codec is that of bytes, so that T is byte, which the compiler cannot know of a type parameter.
    private static ReadOnlySpan<byte> AsBytes(ReadOnlySpan<T> elements) =>
        System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(
            ref System.Runtime.CompilerServices.Unsafe.As<T, byte>(ref System.Runtime.InteropServices.MemoryMarshal.GetReference(elements)),
            elements.Length);
}
