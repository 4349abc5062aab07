using System.Buffers.Binary;
using Phala.Codec;
using Phala.Crypto.Hashing;

namespace Phala.Trie.Proofs;

/// <summary>
/// The entries of an encoded proof, found by digest. Found by search among sorted digests: in a hash table a prover could make entries collide.
/// Takes about 60 bytes beside the input for each entry.
/// </summary>
internal sealed class ProofEntries
{
    private readonly ReadOnlyMemory<byte> _encoded;
    private readonly BatchMessage[] _places;
    private readonly byte[] _digests;
    private readonly ulong[] _sortedKeys;
    private readonly int[] _sorted;

    private ProofEntries(ReadOnlyMemory<byte> encoded, BatchMessage[] places)
    {
        _encoded = encoded;
        _places = places;
        _digests = new byte[places.Length * Hash256.Size];
        Blake2bBatch.Hash256(encoded.Span, places, _digests);
        _sortedKeys = new ulong[places.Length];
        _sorted = new int[places.Length];
        for (int index = 0; index < places.Length; index++)
        {
            _sortedKeys[index] = SortKey(Digest(index));
            _sorted[index] = index;
        }

        _sortedKeys.AsSpan().Sort(_sorted.AsSpan());
    }

    /// <summary>The number of entries.</summary>
    public int Count => _places.Length;

    /// <summary>The number of bytes of all of them, encoded.</summary>
    public int EncodedLength => _encoded.Length;

    /// <summary>The bytes of an entry.</summary>
    public ReadOnlyMemory<byte> this[int index] => _encoded.Slice(_places[index].Offset, _places[index].Length);

    /// <summary>Reads SCALE <c>Vec&lt;Vec&lt;u8&gt;&gt;</c> and hashes what is in it.</summary>
    public static ProofEntries? TryDecode(ReadOnlyMemory<byte> encoded, out ProofError error)
    {
        error = ProofError.BadEncoding;
        ScaleReader reader = new(encoded.Span);
        if (!reader.TryReadLength(1, out int count)) return null;
        ScaleReader first = reader;
        int shortEntries = 0;
        for (int index = 0; index < count; index++)
        {
            if (!reader.TryReadByteSequence(out ReadOnlySpan<byte> entry)) return null;
            if (entry.Length < Hash256.Size) shortEntries++;
        }

        if (!reader.TryFinish()) return null;
        error = shortEntries > count - shortEntries + 1 ? ProofError.TooManyShortEntries : ProofError.None;
        return error == ProofError.None ? new ProofEntries(encoded, Places(first, count)) : null;
    }

    /// <summary>The entry with this digest, or -1.</summary>
    public int Find(ReadOnlySpan<byte> digest)
    {
        ulong key = SortKey(digest);
        int at = FirstNotBelow(key);
        for (; at < _sorted.Length && _sortedKeys[at] == key; at++)
        {
            if (Digest(_sorted[at]).SequenceEqual(digest)) return _sorted[at];
        }

        return -1;
    }

    /// <summary>Whether two entries are equal.</summary>
    public bool HasDuplicate()
    {
        for (int at = 1; at < _sorted.Length; at++)
        {
            if (_sortedKeys[at] == _sortedKeys[at - 1] && Digest(_sorted[at]).SequenceEqual(Digest(_sorted[at - 1]))) return true;
        }

        return false;
    }

    private static BatchMessage[] Places(ScaleReader reader, int count)
    {
        BatchMessage[] places = new BatchMessage[count];
        for (int index = 0; index < count; index++)
        {
            _ = reader.TryReadByteSequence(out ReadOnlySpan<byte> entry);
            places[index] = new BatchMessage(reader.Position - entry.Length, entry.Length);
        }

        return places;
    }

    private static ulong SortKey(ReadOnlySpan<byte> digest) => BinaryPrimitives.ReadUInt64BigEndian(digest);

    private ReadOnlySpan<byte> Digest(int index) => _digests.AsSpan(index * Hash256.Size, Hash256.Size);

    private int FirstNotBelow(ulong key)
    {
        int low = 0, high = _sortedKeys.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_sortedKeys[middle] < key) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
