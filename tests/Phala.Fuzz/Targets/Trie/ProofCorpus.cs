using System.Buffers.Binary;
using Phala.Crypto.Hashing;
using Phala.Trie;
using Phala.Trie.Proofs;
using Phala.Trie.Storage;

namespace Phala.Fuzz.Targets.Trie;

/// <summary>A state whose content is known, and proofs out of it.</summary>
internal static class ProofCorpus
{
    /// <summary>The entries of the main trie.</summary>
    public static IReadOnlyList<(byte[] Key, byte[] Value)> Entries { get; } = MakeEntries();

    /// <summary>A key of the main trie that holds nothing.</summary>
    public static byte[] AbsentKey { get; } = [0x33, 0x33];

    /// <summary>The child trie's name.</summary>
    public static byte[] ChildName { get; } = [0x01];

    /// <summary>The state.</summary>
    public static StateSnapshot State { get; } = MakeState();

    /// <summary>Proofs of few and of many keys.</summary>
    public static IReadOnlyList<IReadOnlyList<byte[]>> Proofs { get; } = [Prove(1), Prove(3), Prove(Entries.Count), [.. Prove(2), .. Prove(2)], [[0x00], [0x01, 0x02], [0x40, 0x00]]];

    private static List<(byte[] Key, byte[] Value)> MakeEntries()
    {
        List<(byte[], byte[])> entries = [([], [1]), ([0x33], new byte[40]), ([0x33, 0x34], new byte[31])];
        for (int index = 0; index < 40; index++)
        {
            byte[] key = new byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(key, (ulong)(index + 1) * 0x9E3779B97F4A7C15);
            entries.Add((key, [.. Enumerable.Repeat((byte)index, 20 + index)]));
        }

        return entries;
    }

    private static StateSnapshot MakeState()
    {
        StateOverlay overlay = new(StateSnapshot.Empty(StateVersion.V1));
        foreach ((byte[] key, byte[] value) in Entries)
        {
            overlay.Main.Set(key, value);
            overlay.Child(ChildName).Set(value, key);
        }

        return overlay.ToSnapshot();
    }

    private static IReadOnlyList<byte[]> Prove(int count)
    {
        ReadProofBuilder builder = new();
        foreach ((byte[] key, _) in Entries.Take(count)) builder.Add(State.Main, key);
        builder.Add(State.Main, AbsentKey);
        builder.Add(State.Main, ChildTries.RootKey(ChildName));
        builder.Add(State.Child(ChildName), Entries[0].Value);
        return builder.Nodes;
    }

    /// <summary>The digest that names an entry.</summary>
    public static Hash256 Digest(ReadOnlySpan<byte> entry)
    {
        Span<byte> digest = stackalloc byte[Hash256.Size];
        Blake2b.Hash256(entry, digest);
        return new Hash256(digest);
    }
}
