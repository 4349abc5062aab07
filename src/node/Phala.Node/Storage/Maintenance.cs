using Phala.Node.Storage.Files;
using Phala.Node.Storage.Snapshots;
using Phala.Node.Storage.Sqlite;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.Storage;

/// <summary>What is due from time to time: snapshots, so that a start reads few changes; pruning; taking over the write-ahead log.</summary>
/// <remarks><b>Invariant.</b> Changes are forgotten only up to the block of a snapshot that was read again right before, and of which a newer generation exists.</remarks>
internal sealed class Maintenance : IDisposable
{
    /// <summary>Reading a block's row costs this much beside its changes.</summary>
    private const int CostOfBlock = 1024;

    /// <summary>So many rows are changed in one transaction, so that imports need not wait for long.</summary>
    private const uint RowsAtOnce = 256;

    /// <summary>SQLite writes this much for a block beside its bytes: the index pages.</summary>
    private const int LogOfBlock = 6 * Page.Size;

    private readonly Lock _running = new();
    private readonly ChainStore _store;
    private readonly Opening _opening;
    private readonly StorageOptions _options;
    private long _cost, _log;
    private uint _firstDelta, _firstBody;
    private int _isScheduled;
    private Task _task = Task.CompletedTask;

    /// <summary>Looks at how much was written since the last snapshot.</summary>
    public Maintenance(ChainStore store, Opening opening, StorageOptions options)
    {
        (_store, _opening, _options) = (store, opening, options);
        _firstDelta = opening.Journal.Number(Pointer.FirstDelta);
        _firstBody = opening.Journal.Number(Pointer.FirstBody);
        (long blocks, long bytes) = opening.Journal.DeltasAfter(opening.Snapshots.All is [{ } newest, ..] ? newest.Number : 0);
        _cost = bytes + (blocks * CostOfBlock);
    }

    /// <summary>What went wrong last.</summary>
    public StorageFailure? Failure { get; private set; }

    /// <summary>The first block whose state may be asked for.</summary>
    public uint FirstState(uint finalized)
    {
        uint rebuildable = _firstDelta == 0 ? 0 : _firstDelta - 1;
        return _options.StatePruning is { } kept && finalized > kept ? Math.Max(rebuildable, finalized - kept) : rebuildable;
    }

    /// <summary>Takes in that a block was written.</summary>
    public void NoteImported(long changeBytes)
    {
        Interlocked.Add(ref _cost, changeBytes + CostOfBlock);
        if (Interlocked.Add(ref _log, changeBytes + LogOfBlock) >= _options.CheckpointBytes) Schedule();
    }

    /// <summary>Takes in that the finalized head is another one.</summary>
    public void NoteFinalized()
    {
        if (IsSnapshotDue || IsBodyPruningDue) Schedule();
    }

    /// <summary>Does what is due.</summary>
    public void Run()
    {
        lock (_running)
        {
            try
            {
                Failure = null;
                if (Interlocked.Read(ref _log) >= _options.CheckpointBytes) Checkpoint();
                if (IsSnapshotDue) WriteSnapshot();
                PruneStates();
                PruneBodies();
            }
            catch (StorageException wrong)
            {
                Failure = wrong.Failure;
            }
            catch (IOException wrong)
            {
                Failure = new StorageFailure(wrong is DiskFullException ? StorageError.DiskFull : StorageError.FileSystem, wrong.Message);
            }
        }
    }

    /// <summary>Reads everything.</summary>
    public IReadOnlyList<StorageFailure> Check()
    {
        List<StorageFailure> found = [];
        lock (_running)
        {
            foreach (SnapshotInfo snapshot in _opening.Snapshots.All)
            {
                SnapshotError error = _opening.Snapshots.Check(snapshot);
                if (error != SnapshotError.None) found.Add(new StorageFailure(StorageError.Inconsistent, $"{snapshot.Name}: {error}"));
            }

            lock (_opening.Gate)
            {
                Attempt(found, CheckDatabase);
                Attempt(found, CheckBlocks);
            }
        }

        return found;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Interlocked.Exchange(ref _isScheduled, 1);
        _task.Wait();
    }

    private bool IsSnapshotDue =>
        Interlocked.Read(ref _cost) >= Math.Max(_options.SnapshotBytes, _opening.Snapshots.All is [{ } newest, ..] ? newest.Length / 4 : 0);

    private bool IsBodyPruningDue => _options.BodyPruning is { } kept && _store.Finalized.Number > _firstBody + kept + RowsAtOnce;

    private void Schedule()
    {
        if (!_options.MaintainInBackground || Interlocked.Exchange(ref _isScheduled, 1) != 0) return;
        _task = Task.Run(() =>
        {
            Run();
            Interlocked.Exchange(ref _isScheduled, 0);
        });
    }

    private void Checkpoint()
    {
        lock (_opening.Gate)
        {
            _opening.Journal.Checkpoint();
            Interlocked.Exchange(ref _log, 0);
        }
    }

    private void WriteSnapshot()
    {
        ChainHead head;
        StateSnapshot state;
        lock (_opening.Gate) (head, state) = (_store.Finalized, _store.FinalizedState);
        if (_opening.Snapshots.Find(head.Hash) is not null) return;
        Interlocked.Exchange(ref _cost, 0);
        _opening.Snapshots.Write(new SnapshotHeader(head.Number, head.Hash, state.Root, state.Version), state);
    }

    private void PruneStates()
    {
        if (_options.StatePruning is not { } kept) return;
        IReadOnlyList<SnapshotInfo> snapshots = _opening.Snapshots.All;
        uint finalized = _store.Finalized.Number;
        if (finalized <= kept || snapshots.Count < _options.SnapshotGenerations) return;
        SnapshotInfo? floor = snapshots.Skip(_options.SnapshotGenerations - 1).FirstOrDefault(snapshot => snapshot.Number <= finalized - kept);
        if (floor is null || floor.Number < _firstDelta) return;
        if (snapshots.TakeWhile(snapshot => snapshot.Number >= floor.Number).Any(snapshot => _opening.Snapshots.Check(snapshot) != SnapshotError.None)) return;
        while (_firstDelta <= floor.Number)
        {
            uint end = Math.Min(_firstDelta + RowsAtOnce, floor.Number + 1);
            Write(() =>
            {
                for (uint number = _firstDelta; number < end; number++) _opening.Journal.DropDelta(number);
                _opening.Journal.DropJustifications(Math.Min(end, floor.Number));
                _opening.Journal.Put(Pointer.FirstDelta, end);
            });
            _firstDelta = end;
        }

        foreach (SnapshotInfo older in snapshots.Where(snapshot => snapshot.Number < floor.Number)) _opening.Snapshots.Delete(older);
    }

    private void PruneBodies()
    {
        if (_options.BodyPruning is not { } kept) return;
        uint finalized = _store.Finalized.Number;
        while (finalized > kept && _firstBody < finalized - kept)
        {
            uint end = Math.Min(_firstBody + RowsAtOnce, finalized - kept);
            Write(() =>
            {
                for (uint number = _firstBody; number < end; number++) _opening.Journal.DropBody(number);
                _opening.Journal.Put(Pointer.FirstBody, end);
            });
            _firstBody = end;
        }
    }

    private void Write(Action writes)
    {
        lock (_opening.Gate)
        {
            if (_store.Write(writes) is { } failure) throw new StorageException(failure);
        }
    }

    private static void Attempt(List<StorageFailure> found, Action<List<StorageFailure>> check)
    {
        try
        {
            check(found);
        }
        catch (StorageException wrong)
        {
            found.Add(wrong.Failure);
        }
    }

    private void CheckDatabase(List<StorageFailure> found)
    {
        _opening.Journal.Checkpoint();
        long damaged = PageCheck.FirstDamaged(_opening.Files, _opening.Database, long.MaxValue);
        if (damaged != 0) found.Add(new StorageFailure(StorageError.DamagedPage, $"{_opening.Database}, page {damaged}"));
        if (_opening.Journal.FindInconsistency() is { } inconsistency) found.Add(new StorageFailure(StorageError.Inconsistent, $"{_opening.Database}: {inconsistency}"));
    }

    /// <summary>Every header has its hash and its parent, and the changes of every block lead to its state root.</summary>
    private void CheckBlocks(List<StorageFailure> found)
    {
        uint first = FirstState(_store.Finalized.Number);
        Dictionary<Hash256, StateSnapshot> below = [], at = [];
        uint number = 0;
        foreach ((Hash256 hash, HeaderFields fields) in _opening.Journal.From(0))
        {
            if (fields.Number != number) (below, at, number) = (at, [], fields.Number);
            if (!_opening.Journal.TryGetHeader(hash, out byte[]? header) || StoredBlock.HashOf(header) != hash) found.Add(new StorageFailure(StorageError.Inconsistent, $"header of {hash}"));
            if (number > 0 && !_opening.Journal.TryGetHeader(fields.ParentHash, out _)) found.Add(new StorageFailure(StorageError.Inconsistent, $"block {hash} has no parent"));
            if (number < first || !_opening.Journal.TryGetDelta(hash, out _, out byte[]? delta)) continue;
            StateSnapshot state = delta is not null && below.TryGetValue(fields.ParentHash, out StateSnapshot? parent)
                ? parent.Apply(_opening.Journal.Decode(delta, hash)) : _opening.States.Get(hash);
            if (state.Root != fields.StateRoot) found.Add(new StorageFailure(StorageError.StateLost, $"the state after {hash}"));
            at.Add(hash, state);
        }
    }
}
