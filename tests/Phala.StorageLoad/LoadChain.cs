using System.Buffers.Binary;
using Phala.Codec;
using Phala.Node.Storage;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.StorageLoad;

/// <summary>A chain that grows by blocks that follow from their number alone.</summary>
/// <param name="store">Where it is kept.</param>
public sealed class LoadChain(ChainStore store)
{
    private const int ChangesPerBlock = 100, Keys = 3000;

    /// <summary>Every third block finalizes the one two below it.</summary>
    private const uint FinalityInterval = 3, FinalityLag = 2;

    /// <summary>Small limits, so that snapshots, pruning and checkpoints go on all the time.</summary>
    public static StorageOptions Options { get; } = new() { StatePruning = 16, SnapshotBytes = 200_000, CheckpointBytes = 1 << 20 };

    /// <summary>The first block.</summary>
    public static Genesis Genesis { get; } = MakeGenesis();

    /// <summary>Adds a block.</summary>
    public void Append(TextWriter log)
    {
        ChainHead best = store.Best;
        uint number = best.Number + 1;
        StateDelta delta = Delta(number);
        StateSnapshot state = StateOf(best.Hash).Apply(delta);
        StoredBlock block = Block(best.Hash, number, state.Root);
        log.WriteLine($"importing {number}");
        ImportResult imported = store.Import(block, delta, state, isBest: true);
        log.WriteLine($"imported {number} {imported.Outcome}");
        if (number % FinalityInterval != 0 || !store.TryGetHash(number - FinalityLag, out Hash256 final)) return;
        log.WriteLine($"finalizing {number - FinalityLag}");
        FinalizeResult finalized = store.Finalize(final, [.. block.Hash.AsSpan()], changesSet: number % (FinalityInterval * 5) == 0);
        log.WriteLine($"finalized {number - FinalityLag} {finalized.Outcome}");
    }

    private static Genesis MakeGenesis()
    {
        StateDelta delta = Delta(0);
        return new Genesis("load", Block(default, 0, StateSnapshot.Empty(StateVersion.V1).Apply(delta).Root), delta, StateVersion.V1);
    }

    private static StateDelta Delta(uint number)
    {
        TrieChange[] changes = new TrieChange[ChangesPerBlock];
        for (int index = 0; index < changes.Length; index++)
        {
            byte[] key = new byte[16], value = new byte[64];
            uint drawn = (number * 2654435761) + ((uint)index * 40503);
            BinaryPrimitives.WriteUInt32BigEndian(key, drawn % Keys * 0x9E3779B1);
            BinaryPrimitives.WriteUInt32BigEndian(value, number);
            changes[index] = TrieChange.Set(key, value);
        }

        return StateDelta.Create(TrieDelta.Create(changes));
    }

    private static StoredBlock Block(Hash256 parent, uint number, Hash256 root)
    {
        ScaleWriter writer = ScaleWriter.Pooled();
        writer.WriteSpan(parent.AsSpan());
        writer.WriteCompact(number);
        writer.WriteSpan(root.AsSpan());
        byte[] header = writer.Written.ToArray();
        writer.Dispose();
        return StoredBlock.TryCreate(header, [[(byte)number]], out StoredBlock? block) ? block : throw new InvalidOperationException("The header is one.");
    }

    private StateSnapshot StateOf(Hash256 hash) =>
        store.StateAt(hash, out StateSnapshot? state) == StateLookup.Found ? state! : throw new InvalidOperationException("The best block has a state.");
}
