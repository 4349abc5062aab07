using System.Buffers.Binary;
using Phala.Codec;
using Phala.Node.Storage;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Tests.Node.Storage;

/// <summary>Blocks that are valid for the storage: the header names the parent and the root of the state after the changes.</summary>
internal sealed class ChainBuilder
{
    private readonly Dictionary<Hash256, StateSnapshot> _states = [];

    /// <summary>A chain with a first block that has some entries.</summary>
    public ChainBuilder(int seed = 0, int entries = 20, StateVersion version = StateVersion.V1)
    {
        StateDelta delta = Delta(new Random(seed), entries, withChild: true);
        StateSnapshot state = StateSnapshot.Empty(version).Apply(delta);
        StoredBlock block = Block(default, 0, state.Root, []);
        _states.Add(block.Hash, state);
        Genesis = new Genesis("test", block, delta, version);
    }

    /// <summary>The first block.</summary>
    public Genesis Genesis { get; }

    /// <summary>A block on another one.</summary>
    public (StoredBlock Block, StateDelta Delta) Next(StoredBlock parent, Random random, int changes = 8, int extrinsics = 2)
    {
        StateDelta delta = Delta(random, changes, withChild: random.Next(4) == 0);
        StateSnapshot state = _states[parent.Hash].Apply(delta);
        byte[][] body = [.. Enumerable.Range(0, extrinsics).Select(_ => Bytes(random, random.Next(200)))];
        StoredBlock block = Block(parent.Hash, parent.Number + 1, state.Root, body, Bytes(random, 8));
        _states[block.Hash] = state;
        return (block, delta);
    }

    /// <summary>The state after a block.</summary>
    public StateSnapshot State(Hash256 hash) => _states[hash];

    /// <summary>Changes to few keys, so that blocks change the same ones.</summary>
    public static StateDelta Delta(Random random, int changes, bool withChild)
    {
        TrieChange[] main = [.. Enumerable.Range(0, changes).Select(_ => Change(random))];
        ChildDelta[] children = withChild ? [new ChildDelta([(byte)random.Next(3)], TrieDelta.Create([Change(random), Change(random)]))] : [];
        return StateDelta.Create(TrieDelta.Create(main), children);
    }

    /// <summary>A block whose header is parent ‖ number ‖ state root ‖ anything.</summary>
    public static StoredBlock Block(Hash256 parent, uint number, Hash256 root, IReadOnlyList<byte[]> body, byte[]? rest = null)
    {
        ScaleWriter writer = ScaleWriter.Pooled();
        writer.WriteSpan(parent.AsSpan());
        writer.WriteCompact(number);
        writer.WriteSpan(root.AsSpan());
        writer.WriteSpan(rest ?? []);
        byte[] header = writer.Written.ToArray();
        writer.Dispose();
        return StoredBlock.TryCreate(header, body, out StoredBlock? block) ? block : throw new InvalidOperationException("The header is one.");
    }

    private static TrieChange Change(Random random)
    {
        byte[] key = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(key, (uint)random.Next(200) * 0x9E3779B1);
        return random.Next(5) == 0 ? TrieChange.Remove(key) : TrieChange.Set(key, Bytes(random, random.Next(100)));
    }

    private static byte[] Bytes(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
