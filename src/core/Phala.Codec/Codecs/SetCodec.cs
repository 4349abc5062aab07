using System.Diagnostics.CodeAnalysis;
using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>
/// Sets, as Rust's <c>BTreeSet</c>: the number of elements in compact form, then the elements in ascending order. Decoding refuses another order and
/// equal elements; encoding sorts, whatever comparer the set has.
/// </summary>
/// <remarks>An empty set is one byte and some 200 bytes of memory: a sequence of sets takes that multiple of its input, not more.</remarks>
public readonly struct SetCodec<TCodec, T> : IScaleCodec<SortedSet<T>>
    where TCodec : IScaleCodec<T>
{
    /// <inheritdoc/>
    public static int MinimumLength => 1;

    /// <inheritdoc/>
    public static bool IsFixedLength => false;

    /// <inheritdoc/>
    public static bool TryDecode(ref ScaleReader reader, [MaybeNullWhen(false)] out SortedSet<T> value)
    {
        value = null;
        if (!reader.TryReadLength(TCodec.MinimumLength, out int count)) return false;

        SortedSet<T> set = new(KeyOrder<TCodec, T>.Instance);
        reader.Claim(count * TCodec.MinimumLength);
        T? earlier = default;
        for (int at = 0; at < count; at++)
        {
            int start = reader.Position;
            reader.Unclaim(TCodec.MinimumLength);
            if (!TCodec.TryDecode(ref reader, out T? element)) return false;
            ScaleError order = at == 0 ? ScaleError.None : KeyOrder<TCodec, T>.Check(earlier!, element);
            if (order != ScaleError.None) return reader.FailAt(order, start);
            set.Add(element);
            earlier = element;
        }

        value = set;
        return true;
    }

    /// <inheritdoc/>
    public static void Encode(ref ScaleWriter writer, in SortedSet<T> value)
    {
        writer.WriteLength(value.Count);
        foreach (T element in Sorted(value)) TCodec.Encode(ref writer, element);
    }

    /// <inheritdoc/>
    public static int EncodedLength(in SortedSet<T> value)
    {
        int length = ScaleWriter.CompactLength((uint)value.Count);
        foreach (T element in value) length = checked(length + TCodec.EncodedLength(element));
        return length;
    }

    /// <inheritdoc/>
    public static int Compare(in SortedSet<T> left, in SortedSet<T> right)
    {
        using IEnumerator<T> a = Sorted(left).GetEnumerator(), b = Sorted(right).GetEnumerator();
        while (a.MoveNext())
        {
            if (!b.MoveNext()) return 1;
            int order = TCodec.Compare(a.Current, b.Current);
            if (order != 0) return order;
        }

        return b.MoveNext() ? -1 : 0;
    }

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Set(TCodec.Describe(registry));

    private static IEnumerable<T> Sorted(SortedSet<T> set) =>
        set.Comparer is KeyOrder<TCodec, T> ? set : set.Order(KeyOrder<TCodec, T>.Instance);
}
