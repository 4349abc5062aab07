using Phala.Node.Storage.Snapshots;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.Storage;

/// <summary>States by block: held in memory, or rebuilt from the nearest state below and the changes since.</summary>
/// <remarks><b>Invariant.</b> A state that is given out has the root that the block's header names.</remarks>
internal sealed class StateHistory
{
    /// <summary>A change costs about this many times its length in replaced nodes.</summary>
    private const int WeightOfChange = 16;

    /// <summary>Bytes that an entry of a state of its own holds in memory.</summary>
    private const int WeightOfEntry = 230;

    private readonly Lock _gate = new();
    private readonly Journal _journal;
    private readonly Lock _journalGate;
    private readonly SnapshotStore _snapshots;
    private readonly StateCache _cache;
    private readonly StateVersion _version;
    private readonly List<string> _damaged = [];

    /// <summary>A history that holds nothing in memory yet.</summary>
    public StateHistory(Journal journal, Lock journalGate, SnapshotStore snapshots, StateVersion version, long capacity)
    {
        _journal = journal;
        _journalGate = journalGate;
        _snapshots = snapshots;
        _version = version;
        _cache = new StateCache(capacity);
    }

    /// <summary>Snapshots that could not be read, each with the reason.</summary>
    public IReadOnlyList<string> Damaged
    {
        get
        {
            lock (_gate) return [.. _damaged];
        }
    }

    /// <summary>Keeps the state after a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="state">Its state, which shares all but the changes with that of the parent.</param>
    /// <param name="changeBytes">The length of the encoded changes.</param>
    public void Add(in Hash256 block, StateSnapshot state, long changeBytes)
    {
        lock (_gate) _cache.Add(block, state, (changeBytes + 256) * WeightOfChange);
    }

    /// <summary>Lets a state go.</summary>
    public void Remove(in Hash256 block)
    {
        lock (_gate) _cache.Remove(block);
    }

    /// <summary>The state after a block whose changes, or a snapshot above them, are there.</summary>
    /// <exception cref="StorageException">The state cannot be had from what is there.</exception>
    public StateSnapshot Get(Hash256 block)
    {
        while (true)
        {
            lock (_gate)
            {
                if (_cache.TryGet(block, out StateSnapshot? held)) return held;
            }

            if (TryRebuild(block, out StateSnapshot? state, out long weight))
            {
                lock (_gate) _cache.Add(block, state!, weight);
                return state!;
            }
        }
    }

    /// <summary>Rebuilds a state; false where a snapshot turned out to be damaged, so that the next try goes further back.</summary>
    private bool TryRebuild(Hash256 block, out StateSnapshot? state, out long weight)
    {
        Stack<(Hash256 Hash, byte[] Delta)> deltas = new();
        (StateSnapshot? held, SnapshotInfo? snapshot, Hash256 root) = Collect(block, deltas);
        weight = deltas.Sum(delta => (long)delta.Delta.Length + 256) * WeightOfChange;
        state = held;
        if (snapshot is not null)
        {
            if (!TryRead(snapshot, out state)) return false;
            weight += (long)state!.Main.Count * WeightOfEntry;
        }

        DeltaChain chain = new();
        while (deltas.TryPop(out (Hash256 Hash, byte[] Delta) next)) chain.Add(_journal.Decode(next.Delta, next.Hash));
        state = (state ?? StateSnapshot.Empty(_version)).Apply(chain.ToDelta());
        if (state.Root == root) return true;
        if (snapshot is null) throw Lost(block);
        NoteDamaged(snapshot, "it does not lead to the state root of the header");
        _snapshots.Forget(snapshot);
        return false;
    }

    /// <summary>Walks back, gathering changes, to a state in memory, a snapshot, or the beginning.</summary>
    private (StateSnapshot? Held, SnapshotInfo? Snapshot, Hash256 Root) Collect(Hash256 block, Stack<(Hash256, byte[])> deltas)
    {
        Hash256? root = null;
        Hash256 at = block;
        while (true)
        {
            lock (_gate)
            {
                if (root is not null && _cache.TryGet(at, out StateSnapshot? held)) return (held, null, root.Value);
            }

            HeaderFields fields;
            byte[]? delta;
            lock (_journalGate)
            {
                if (!_journal.TryGetDelta(at, out fields, out delta)) throw Lost(block);
            }

            root ??= fields.StateRoot;
            if (_snapshots.Find(at) is { } snapshot) return (null, snapshot, root.Value);
            if (delta is null) throw Lost(block);
            deltas.Push((at, delta));
            if (fields.Number == 0) return (null, null, root.Value);
            at = fields.ParentHash;
        }
    }

    private bool TryRead(SnapshotInfo snapshot, out StateSnapshot? state)
    {
        try
        {
            SnapshotError error = _snapshots.Read(snapshot, out state);
            if (error != SnapshotError.None) NoteDamaged(snapshot, error.ToString());
            return error == SnapshotError.None;
        }
        catch (IOException failure)
        {
            NoteDamaged(snapshot, failure.Message);
            _snapshots.Forget(snapshot);
            state = null;
            return false;
        }
    }

    private void NoteDamaged(SnapshotInfo snapshot, string reason)
    {
        lock (_gate) _damaged.Add($"{snapshot.Name}: {reason}");
    }

    private static StorageException Lost(Hash256 block) => new(new StorageFailure(StorageError.StateLost, $"the state after {block}"));
}
