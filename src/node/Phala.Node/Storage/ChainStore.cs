using System.Diagnostics.CodeAnalysis;
using Phala.Node.Storage.Files;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.Storage;

/// <summary>The chain on disk and its state in memory.</summary>
/// <remarks>
/// <para>
/// <b>Concept.</b> A block is one row of a SQLite database: header, body and all changes to the state. The state itself is a trie in memory, an immutable one per block,
/// and is rebuilt from the newest good snapshot and the changes since. Finalizing a block drops the forks that have lost.
/// </para>
/// <para>
/// <b>Promise.</b> What <see cref="Import"/>, <see cref="TrySetBest"/> and <see cref="Finalize(Hash256, byte[], bool)"/> have acknowledged survives the end of the process at any instruction, and the loss of
/// power on a disk that keeps what it flushed. What was not acknowledged is wholly there or not at all.
/// </para>
/// <para>
/// <b>Trust.</b> A state that is given out has the root that the header names, and a header has the hash that it was asked for by. That the blocks are valid is for others to check.
/// Safe to use from several threads; writes follow each other. Reads throw <see cref="StorageException"/> where the disk fails or is damaged.
/// </para>
/// </remarks>
public sealed class ChainStore : IDisposable
{
    private readonly Lock _gate;
    private readonly Journal _journal;
    private readonly BlockTree _tree;
    private readonly StateHistory _states;
    private readonly Maintenance _maintenance;
    private readonly IDisposable _lock;
    private bool _isDisposed;

    internal ChainStore(Opening opening, StorageOptions options)
    {
        _gate = opening.Gate;
        _journal = opening.Journal;
        _tree = opening.Tree;
        _states = opening.States;
        _lock = opening.DirectoryLock;
        ChainId = opening.ChainId;
        GenesisHash = opening.GenesisHash;
        FinalizedState = opening.FinalizedState;
        _maintenance = new Maintenance(this, opening, options);
    }

    /// <summary>The identifier of the chain specification.</summary>
    public string ChainId { get; }

    /// <summary>The hash of block 0.</summary>
    public Hash256 GenesisHash { get; }

    /// <summary>The best block.</summary>
    public ChainHead Best
    {
        get
        {
            lock (_gate) return new ChainHead(_tree.Best.Hash, _tree.Best.Number);
        }
    }

    /// <summary>The finalized head.</summary>
    public ChainHead Finalized
    {
        get
        {
            lock (_gate) return new ChainHead(_tree.Root.Hash, _tree.Root.Number);
        }
    }

    /// <summary>The blocks without children, at or above the finalized head.</summary>
    public IReadOnlyList<ChainHead> Leaves
    {
        get
        {
            lock (_gate) return [.. _tree.Leaves.Select(node => new ChainHead(node.Hash, node.Number)).OrderByDescending(head => head.Number)];
        }
    }

    /// <summary>Snapshots that could not be read and were passed over, each with the reason.</summary>
    public IReadOnlyList<string> DamagedSnapshots => _states.Damaged;

    /// <summary>What went wrong in maintenance last; null if nothing did. The chain goes on without.</summary>
    public StorageFailure? MaintenanceFailure => _maintenance.Failure;

    /// <summary>The state after the finalized head.</summary>
    internal StateSnapshot FinalizedState { get; private set; }

    /// <summary>Makes the database of a new chain.</summary>
    public static bool TryCreate(IFileSystem files, string directory, Genesis genesis, StorageOptions options,
        [NotNullWhen(true)] out ChainStore? store, [NotNullWhen(false)] out StorageFailure? failure) =>
        Opening.TryRun(() => Opening.Create(files, directory, genesis, options), options, out store, out failure);

    /// <summary>Opens the database of a chain.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="directory">Where the database is.</param>
    /// <param name="genesis">The hash of the block 0 that it must have; null for any.</param>
    /// <param name="options">How much is kept.</param>
    /// <param name="store">The chain.</param>
    /// <param name="failure">Why not.</param>
    public static bool TryOpen(IFileSystem files, string directory, Hash256? genesis, StorageOptions options,
        [NotNullWhen(true)] out ChainStore? store, [NotNullWhen(false)] out StorageFailure? failure) =>
        Opening.TryRun(() => Opening.Open(files, directory, genesis, options), options, out store, out failure);

    /// <summary>Opens the database of a chain, or makes it where there is none.</summary>
    public static bool TryOpenOrCreate(IFileSystem files, string directory, Genesis genesis, StorageOptions options,
        [NotNullWhen(true)] out ChainStore? store, [NotNullWhen(false)] out StorageFailure? failure) =>
        TryOpen(files, directory, genesis.Block.Hash, options, out store, out failure)
        || (failure.Error == StorageError.NotFound && TryCreate(files, directory, genesis, options, out store, out failure));

    /// <summary>Keeps a block with all its changes to the state, durably.</summary>
    /// <param name="block">The block.</param>
    /// <param name="delta">What it does to the state after its parent.</param>
    /// <param name="state">The state after it, where the caller has it already: the parent's with the changes applied.</param>
    /// <param name="isBest">Whether it becomes the best block.</param>
    /// <param name="queue">What it adds to the queue; null for nothing.</param>
    public ImportResult Import(StoredBlock block, StateDelta delta, StateSnapshot? state = null, bool isBest = false, QueueRecord? queue = null)
    {
        byte[] encoded = delta.Encode();
        lock (_gate)
        {
            if (_tree.TryGet(block.Hash, out _) || _journal.TryGetHeader(block.Hash, out _)) return new ImportResult(ImportOutcome.AlreadyKnown);
            if (!_tree.TryGet(block.ParentHash, out BlockNode? parent))
            {
                return new ImportResult(_journal.TryGetHeader(block.ParentHash, out _) ? ImportOutcome.BehindFinalized : ImportOutcome.UnknownParent);
            }

            if (block.Number != parent.Number + 1) return new ImportResult(ImportOutcome.WrongNumber);
            state ??= StateOf(parent).Apply(delta);
            if (state.Root != block.StateRoot) return new ImportResult(ImportOutcome.WrongStateRoot);
            StorageFailure? failure = Write(() =>
            {
                _journal.Insert(block, encoded);
                if (queue is not null) _journal.Insert(queue);
                if (isBest) _journal.Put(Pointer.Best, block.Hash.AsSpan());
            });
            if (failure is not null) return new ImportResult(ImportOutcome.Failed, failure);
            _tree.Add(block.Hash, parent);
            if (isBest && _tree.TryGet(block.Hash, out BlockNode? node)) _tree.SetBest(node);
            _states.Add(block.Hash, state, encoded.Length);
        }

        _maintenance.NoteImported(encoded.Length);
        return new ImportResult(ImportOutcome.Imported);
    }

    /// <summary>Makes a block the best one, durably.</summary>
    /// <returns>False where it is not at or above the finalized head, or, with a failure, where it could not be written.</returns>
    public bool TrySetBest(Hash256 hash, out StorageFailure? failure)
    {
        lock (_gate)
        {
            failure = null;
            if (!_tree.TryGet(hash, out BlockNode? node)) return false;
            if (node == _tree.Best) return true;
            failure = Write(() => _journal.Put(Pointer.Best, hash.AsSpan()));
            if (failure is null) _tree.SetBest(node);
            return failure is null;
        }
    }

    /// <summary>Makes a block and all below it final, durably, and drops the forks that have lost. The best block becomes this one where it was on one of those.</summary>
    /// <param name="hash">The block.</param>
    /// <param name="justification">What proves it, kept with the block.</param>
    /// <param name="changesSet">Whether the block changes the authority set: then the justification is kept for ever.</param>
    public FinalizeResult Finalize(Hash256 hash, byte[]? justification, bool changesSet = false)
    {
        IReadOnlyList<BlockNode> path, losers;
        lock (_gate)
        {
            if (!_tree.TryGet(hash, out BlockNode? node)) return JustifyOld(hash, justification, changesSet);
            if (node == _tree.Root) return JustifyOld(hash, justification, changesSet);
            (path, losers) = (_tree.PathTo(node), _tree.Losers(node));
            bool movesBest = !BlockTree.IsAtOrAbove(_tree.Best, node);
            StateSnapshot state = StateOf(node);
            StorageFailure? failure = Write(() =>
            {
                foreach (BlockNode loser in losers) _journal.Remove(loser.Hash);
                _journal.Put(Pointer.Finalized, hash.AsSpan());
                if (movesBest) _journal.Put(Pointer.Best, hash.AsSpan());
                if (justification is not null) _journal.PutJustification(node.Number, justification, changesSet);
            });
            if (failure is not null) return new FinalizeResult(FinalizeOutcome.Failed, [], [], failure);
            foreach (BlockNode loser in losers) _states.Remove(loser.Hash);
            _tree.Finalize(node);
            FinalizedState = state;
        }

        _maintenance.NoteFinalized();
        return new FinalizeResult(FinalizeOutcome.Finalized, [.. path.Select(node => node.Hash)], [.. losers.Select(node => node.Hash)]);
    }

    /// <summary>A block's encoded header.</summary>
    public bool TryGetHeader(Hash256 hash, [NotNullWhen(true)] out byte[]? header)
    {
        lock (_gate) return _journal.TryGetHeader(hash, out header);
    }

    /// <summary>A block's encoded extrinsics; null where the block is known and its body was pruned.</summary>
    public bool TryGetBody(Hash256 hash, out byte[][]? extrinsics)
    {
        lock (_gate) return _journal.TryGetBody(hash, out extrinsics);
    }

    /// <summary>A block's number.</summary>
    public bool TryGetNumber(Hash256 hash, out uint number)
    {
        lock (_gate)
        {
            bool found = _journal.TryGetFields(hash, out HeaderFields fields);
            number = fields.Number;
            return found;
        }
    }

    /// <summary>The block with a number on the chain that the best block ends.</summary>
    public bool TryGetHash(uint number, out Hash256 hash)
    {
        lock (_gate)
        {
            hash = default;
            if (number >= _tree.Root.Number)
            {
                BlockNode? node = _tree.Canonical(number);
                if (node is not null) hash = node.Hash;
                return node is not null;
            }

            IReadOnlyList<Hash256> hashes = _journal.HashesAt(number);
            if (hashes.Count == 1) hash = hashes[0];
            return hashes.Count == 1;
        }
    }

    /// <summary>All blocks with a number, on the best chain or not, in the order in which they came.</summary>
    public IReadOnlyList<Hash256> HashesAt(uint number)
    {
        lock (_gate) return _journal.HashesAt(number);
    }

    /// <summary>Whether a block is on the chain that the best block ends.</summary>
    public bool IsCanonical(Hash256 hash) => TryGetNumber(hash, out uint number) && TryGetHash(number, out Hash256 canonical) && canonical == hash;

    /// <summary>The blocks that are directly above this one.</summary>
    public IReadOnlyList<Hash256> Children(Hash256 hash)
    {
        lock (_gate)
        {
            if (_tree.TryGet(hash, out BlockNode? node)) return [.. node.Children.Select(child => child.Hash)];
            return _journal.TryGetFields(hash, out HeaderFields fields) ? _journal.HashesAt(fields.Number + 1) : [];
        }
    }

    /// <summary>The justification of a finalized block, where it has one that is kept.</summary>
    public bool TryGetJustification(Hash256 hash, [NotNullWhen(true)] out byte[]? justification)
    {
        lock (_gate)
        {
            justification = null;
            return _journal.TryGetFields(hash, out HeaderFields fields) && fields.Number <= _tree.Root.Number && _journal.TryGetJustification(fields.Number, out justification);
        }
    }

    /// <summary>The first justification of a change of the authority set, from a block number on.</summary>
    public bool TryGetSetChange(uint from, out uint number, [NotNullWhen(true)] out byte[]? justification)
    {
        lock (_gate) return _journal.TryGetSetChange(from, out number, out justification);
    }

    /// <summary>The state after a block.</summary>
    public StateLookup StateAt(Hash256 hash, out StateSnapshot? state)
    {
        state = null;
        StateLookup lookup = Look(hash);
        if (lookup != StateLookup.Found) return lookup;
        try
        {
            state = _states.Get(hash);
            return StateLookup.Found;
        }
        catch (StorageException) when ((lookup = Look(hash)) != StateLookup.Found)
        {
            // The block was dropped, or its state pruned, in between.
            return lookup;
        }
    }

    /// <summary>Entries of the queue that are final, after a count and in order; bodies are asked for on their own.</summary>
    /// <param name="after">The count after which.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="mostBytes">Once so many bytes are read, no more are.</param>
    public IReadOnlyList<QueueRecord> QueueEntries(ulong after, int limit, int mostBytes)
    {
        lock (_gate) return _journal.Entries(after, _tree.Root.Number, limit, mostBytes);
    }

    /// <summary>The hashes of the queue's final entries from after a count to another, 32 bytes each.</summary>
    public byte[] QueueEntryHashes(ulong after, ulong to)
    {
        lock (_gate) return _journal.EntryHashes(after, to, _tree.Root.Number);
    }

    /// <summary>The encoded messages of a channel in the final entry with a count.</summary>
    public bool TryGetQueueBody(ulong count, in Channel channel, [NotNullWhen(true)] out byte[]? messages)
    {
        lock (_gate) return _journal.TryGetQueueBody(count, channel, _tree.Root.Number, out messages);
    }

    /// <summary>The last block of an authority set; false where the set has not ended.</summary>
    public bool TryGetSetChange(ulong setId, out uint number)
    {
        lock (_gate) return _journal.TryGetSetChange(setId, out number);
    }

    /// <summary>Keeps a value for another part of the node, durably; no value removes it.</summary>
    public StorageFailure? PutAuxiliary(ReadOnlyMemory<byte> key, byte[]? value)
    {
        lock (_gate) return Write(() => _journal.PutAuxiliary(key.Span, value));
    }

    /// <summary>A value that another part of the node has put.</summary>
    public bool TryGetAuxiliary(ReadOnlySpan<byte> key, [NotNullWhen(true)] out byte[]? value)
    {
        lock (_gate) return _journal.TryGetAuxiliary(key, out value);
    }

    /// <summary>Writes a snapshot, prunes and takes over the write-ahead log, each where it is due. Blocks are imported meanwhile.</summary>
    public void Maintain() => _maintenance.Run();

    /// <summary>Reads everything: pages, tables, snapshots, and every state's root that is kept. Takes as long as it takes.</summary>
    /// <returns>All that is wrong.</returns>
    public IReadOnlyList<StorageFailure> Check() => _maintenance.Check();

    /// <inheritdoc/>
    public void Dispose()
    {
        _maintenance.Dispose();
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            _journal.Dispose();
            _lock.Dispose();
        }
    }

    /// <summary>Runs writes as one transaction, under the gate.</summary>
    /// <returns>Why they were not done; null if they were.</returns>
    internal StorageFailure? Write(Action writes)
    {
        if (_journal.IsBroken) return new StorageFailure(StorageError.FileSystem, "the disk failed to flush, so nothing is written any more");
        try
        {
            _journal.Run(writes);
            return null;
        }
        catch (StorageException wrong)
        {
            return wrong.Failure;
        }
    }

    private StateLookup Look(Hash256 hash)
    {
        lock (_gate)
        {
            if (!_journal.TryGetFields(hash, out HeaderFields fields)) return StateLookup.UnknownBlock;
            return fields.Number < _maintenance.FirstState(_tree.Root.Number) ? StateLookup.Pruned : StateLookup.Found;
        }
    }

    private StateSnapshot StateOf(BlockNode node) => node == _tree.Root ? FinalizedState : _states.Get(node.Hash);

    private FinalizeResult JustifyOld(Hash256 hash, byte[]? justification, bool changesSet)
    {
        bool isFinalized = _journal.TryGetFields(hash, out HeaderFields fields) && fields.Number <= _tree.Root.Number;
        if (!isFinalized) return new FinalizeResult(FinalizeOutcome.NotAboveFinalized, [], []);
        StorageFailure? failure = justification is null ? null : Write(() => _journal.PutJustification(fields.Number, justification, changesSet));
        return new FinalizeResult(failure is null ? FinalizeOutcome.AlreadyFinalized : FinalizeOutcome.Failed, [], [], failure);
    }
}
