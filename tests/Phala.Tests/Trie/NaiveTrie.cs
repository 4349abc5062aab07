using Phala.Crypto.Hashing;

namespace Phala.Tests.Trie;

/// <summary>Roots by the definition: recursive, a list of half bytes for each key, nothing kept. Counts the shapes it met.</summary>
internal sealed class NaiveTrie(bool hashesLongValues)
{
    public int Leaves { get; private set; }

    public int Branches { get; private set; }

    public int BranchesWithValue { get; private set; }

    public HashSet<string> BranchPaths { get; } = [];

    public int InlineChildren { get; private set; }

    public int LongPartials { get; private set; }

    public byte[] Root(IEnumerable<KeyValuePair<string, byte[]>> content)
    {
        List<(int[] Tail, byte[] Value)> entries = [.. content.Select(pair => (pair.Key.Select(digit => Convert.ToInt32(digit.ToString(), 16)).ToArray(), pair.Value))];
        return Hash(entries.Count == 0 ? [0] : Encode(entries, ""));
    }

    private static byte[] Hash(byte[] message)
    {
        byte[] digest = new byte[32];
        Blake2b.Hash256(message, digest);
        return digest;
    }

    private byte[] Encode(List<(int[] Tail, byte[] Value)> entries, string path)
    {
        int shared = 0;
        while (entries.All(entry => entry.Tail.Length > shared && entry.Tail[shared] == entries[0].Tail[shared])) shared++;
        int[] partial = entries[0].Tail[..shared];
        path += string.Concat(partial.Select(nibble => nibble.ToString("x", null)));
        byte[]? value = entries.Where(entry => entry.Tail.Length == shared).Select(entry => entry.Value).SingleOrDefault();
        bool hashed = hashesLongValues && value is { Length: >= 33 };
        List<byte> body = [];
        int bitmap = 0;
        foreach (IGrouping<int, (int[] Tail, byte[] Value)> child in entries.Where(entry => entry.Tail.Length > shared).GroupBy(entry => entry.Tail[shared]).OrderBy(group => group.Key))
        {
            bitmap |= 1 << child.Key;
            byte[] encoded = Encode([.. child.Select(entry => (entry.Tail[(shared + 1)..], entry.Value))], path + child.Key.ToString("x", null));
            if (encoded.Length < 32) InlineChildren++;
            byte[] merkle = encoded.Length < 32 ? encoded : Hash(encoded);
            body.AddRange([(byte)(merkle.Length * 4), .. merkle]);
        }

        if (bitmap != 0) BranchPaths.Add(path);
        Count(bitmap, value, shared);
        (int bits, int most) = (bitmap != 0, value is not null, hashed) switch
        {
            (false, _, false) => (0b01000000, 63),
            (false, _, true) => (0b00100000, 31),
            (true, false, _) => (0b10000000, 63),
            (true, true, false) => (0b11000000, 63),
            (true, true, true) => (0b00010000, 15),
        };
        byte[] head = [.. Header(bits, most, shared), .. Pack(partial)];
        byte[] map = bitmap == 0 ? [] : [(byte)bitmap, (byte)(bitmap >> 8)];
        byte[] content = value is null ? [] : hashed ? Hash(value) : [.. Compact(value.Length), .. value];
        return [.. head, .. map, .. content, .. body];
    }

    private void Count(int bitmap, byte[]? value, int shared)
    {
        if (bitmap == 0) Leaves++;
        else if (value is null) Branches++;
        else BranchesWithValue++;
        if (shared >= 63) LongPartials++;
    }

    private static List<byte> Header(int bits, int most, int count)
    {
        if (count < most) return [(byte)(bits + count)];
        List<byte> header = [(byte)(bits + most)];
        for (count -= most; count >= 255; count -= 255) header.Add(255);
        header.Add((byte)count);
        return header;
    }

    private static IEnumerable<byte> Pack(int[] nibbles)
    {
        int[] even = nibbles.Length % 2 == 0 ? nibbles : [0, .. nibbles];
        return even.Chunk(2).Select(pair => (byte)((16 * pair[0]) + pair[1]));
    }

    private static byte[] Compact(int length) => length switch
    {
        < 1 << 6 => [(byte)(length << 2)],
        < 1 << 14 => [(byte)((length << 2) | 1), (byte)(length >> 6)],
        _ => BitConverter.GetBytes((length << 2) | 2),
    };
}
