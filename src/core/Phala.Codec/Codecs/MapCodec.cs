using System.Diagnostics.CodeAnalysis;
using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>
/// Maps, as Rust's <c>BTreeMap</c>: the number of entries in compact form, then keys and values in ascending order of keys. Decoding refuses another order and
/// equal keys; encoding sorts, whatever comparer the dictionary has.
/// </summary>
/// <remarks>An empty map is one byte and some 200 bytes of memory: a sequence of maps takes that multiple of its input, not more.</remarks>
public readonly struct MapCodec<TKeyCodec, TKey, TValueCodec, TValue> : IScaleCodec<SortedDictionary<TKey, TValue>>
    where TKeyCodec : IScaleCodec<TKey>
    where TKey : notnull
    where TValueCodec : IScaleCodec<TValue>
{
    /// <inheritdoc/>
    public static int MinimumLength => 1;

    /// <inheritdoc/>
    public static bool IsFixedLength => false;

    /// <inheritdoc/>
    public static bool TryDecode(ref ScaleReader reader, [MaybeNullWhen(false)] out SortedDictionary<TKey, TValue> value)
    {
        value = null;
        int least = TKeyCodec.MinimumLength + TValueCodec.MinimumLength;
        if (!reader.TryReadLength(least, out int count)) return false;

        SortedDictionary<TKey, TValue> map = new(KeyOrder<TKeyCodec, TKey>.Instance);
        reader.Claim(count * least);
        TKey? earlier = default;
        for (int at = 0; at < count; at++)
        {
            int start = reader.Position;
            reader.Unclaim(least);
            if (!TKeyCodec.TryDecode(ref reader, out TKey? key)) return false;
            ScaleError order = at == 0 ? ScaleError.None : KeyOrder<TKeyCodec, TKey>.Check(earlier!, key);
            if (order != ScaleError.None) return reader.FailAt(order, start);
            if (!TValueCodec.TryDecode(ref reader, out TValue? item)) return false;
            map.Add(key, item);
            earlier = key;
        }

        value = map;
        return true;
    }

    /// <inheritdoc/>
    public static void Encode(ref ScaleWriter writer, in SortedDictionary<TKey, TValue> value)
    {
        writer.WriteLength(value.Count);
        foreach (KeyValuePair<TKey, TValue> entry in Sorted(value))
        {
            TKeyCodec.Encode(ref writer, entry.Key);
            TValueCodec.Encode(ref writer, entry.Value);
        }
    }

    /// <inheritdoc/>
    public static int EncodedLength(in SortedDictionary<TKey, TValue> value)
    {
        int length = ScaleWriter.CompactLength((uint)value.Count);
        foreach (KeyValuePair<TKey, TValue> entry in value)
        {
            length = checked(length + TKeyCodec.EncodedLength(entry.Key) + TValueCodec.EncodedLength(entry.Value));
        }

        return length;
    }

    /// <inheritdoc/>
    public static int Compare(in SortedDictionary<TKey, TValue> left, in SortedDictionary<TKey, TValue> right)
    {
        using IEnumerator<KeyValuePair<TKey, TValue>> a = Sorted(left).GetEnumerator(), b = Sorted(right).GetEnumerator();
        while (a.MoveNext())
        {
            if (!b.MoveNext()) return 1;
            int order = TKeyCodec.Compare(a.Current.Key, b.Current.Key);
            if (order == 0) order = TValueCodec.Compare(a.Current.Value, b.Current.Value);
            if (order != 0) return order;
        }

        return b.MoveNext() ? -1 : 0;
    }

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Map(TKeyCodec.Describe(registry), TValueCodec.Describe(registry));

    private static IEnumerable<KeyValuePair<TKey, TValue>> Sorted(SortedDictionary<TKey, TValue> map) =>
        map.Comparer is KeyOrder<TKeyCodec, TKey> ? map : map.OrderBy(entry => entry.Key, KeyOrder<TKeyCodec, TKey>.Instance);
}
