using System.Diagnostics.CodeAnalysis;
using System.Text;
using Phala.Node.Storage.Files;
using Phala.Node.Storage.Snapshots;
using Phala.Node.Storage.Sqlite;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.Storage;

/// <summary>A database that was opened and checked: what a <see cref="ChainStore"/> is made of.</summary>
internal sealed class Opening
{
    /// <summary>The file by which a process holds the directory.</summary>
    public const string LockName = "LOCK";

    private const string DatabaseName = "chain.db", SnapshotDirectory = "snapshots";

    private Opening(IFileSystem files, string directory, IDisposable directoryLock, Journal journal, StorageOptions options)
    {
        Files = files;
        Database = Path.Combine(directory, DatabaseName);
        DirectoryLock = directoryLock;
        Journal = journal;
        Snapshots = new SnapshotStore(files, Path.Combine(directory, SnapshotDirectory));
        ChainId = journal.TryGet(Pointer.ChainId, out byte[]? id) ? Encoding.UTF8.GetString(id) : "";
        GenesisHash = journal.Hash(Pointer.GenesisHash);
        Tree = ReadTree(journal);
        StateVersion version = journal.TryGet(Pointer.StateVersion, out byte[]? stored) && stored is [0] ? StateVersion.V0 : StateVersion.V1;
        States = new StateHistory(journal, Gate, Snapshots, version, options.StateCacheBytes);
        FinalizedState = States.Get(Tree.Root.Hash);
        if (Tree.Best != Tree.Root) _ = States.Get(Tree.Best.Hash);
    }

    /// <summary>Guards the journal and the tree.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The file system.</summary>
    public IFileSystem Files { get; }

    /// <summary>The path of the database.</summary>
    public string Database { get; }

    /// <summary>What keeps other processes out.</summary>
    public IDisposable DirectoryLock { get; }

    /// <summary>The tables.</summary>
    public Journal Journal { get; }

    /// <summary>The snapshots.</summary>
    public SnapshotStore Snapshots { get; }

    /// <summary>The identifier of the chain specification.</summary>
    public string ChainId { get; }

    /// <summary>The hash of block 0.</summary>
    public Hash256 GenesisHash { get; }

    /// <summary>The finalized head and what is above it.</summary>
    public BlockTree Tree { get; }

    /// <summary>States by block.</summary>
    public StateHistory States { get; }

    /// <summary>The state after the finalized head.</summary>
    public StateSnapshot FinalizedState { get; }

    /// <summary>Runs an opening; what goes wrong becomes a value.</summary>
    public static bool TryRun(Func<Opening> open, StorageOptions options, [NotNullWhen(true)] out ChainStore? store, [NotNullWhen(false)] out StorageFailure? failure)
    {
        (store, failure) = (null, null);
        try
        {
            Opening opening = open();
            store = new ChainStore(opening, opening.Journal.TryGet(Pointer.Archive, out _) ? options with { StatePruning = null } : options);
            return true;
        }
        catch (StorageException wrong)
        {
            failure = wrong.Failure;
        }
        catch (IOException wrong)
        {
            failure = new StorageFailure(wrong is DiskFullException ? StorageError.DiskFull : StorageError.FileSystem, wrong.Message);
        }

        return false;
    }

    /// <summary>Makes a database with a first block.</summary>
    public static Opening Create(IFileSystem files, string directory, Genesis genesis, StorageOptions options)
    {
        StateSnapshot state = StateSnapshot.Empty(genesis.Version).Apply(genesis.State);
        if (genesis.Block.Number != 0 || state.Root != genesis.Block.StateRoot) throw new ArgumentException("Block 0 does not name the root of the genesis state.", nameof(genesis));
        files.CreateDirectory(directory);
        if (Path.GetDirectoryName(Path.GetFullPath(directory)) is { } parent) files.FlushDirectory(parent);
        return Locked(files, directory, directoryLock =>
        {
            string path = Path.Combine(directory, DatabaseName);
            if (HoldsChain(files, path)) throw Wrong(StorageError.AlreadyExists, path);
            Journal journal = Journal.Create(files, path, genesis, isArchive: options.StatePruning is null);
            return Finish(journal, () => new Opening(files, directory, directoryLock, journal, options));
        });
    }

    /// <summary>Opens a database and checks it.</summary>
    public static Opening Open(IFileSystem files, string directory, Hash256? genesis, StorageOptions options)
    {
        string path = Path.Combine(directory, DatabaseName);
        if (!files.Exists(path)) throw Wrong(StorageError.NotFound, path);
        return Locked(files, directory, directoryLock =>
        {
            if (!WriteAheadLog.IsWhole(files, path + WriteAheadLog.Suffix)) throw Wrong(StorageError.DamagedLog, path + WriteAheadLog.Suffix);
            Journal journal = OpenJournal(files, path);
            return Finish(journal, () =>
            {
                // A page that was being taken over when the process ended is whole in the log.
                journal.Checkpoint();
                long damaged = PageCheck.FirstDamaged(files, path, options.FullCheckBytes);
                if (damaged != 0) throw Wrong(StorageError.DamagedPage, $"{path}, page {damaged}");
                Hash256 actual = journal.Hash(Pointer.GenesisHash);
                if (genesis is { } expected && actual != expected) throw Wrong(StorageError.OtherGenesis, $"{path}, genesis {actual} instead of {expected}");
                if (options.StatePruning is null && journal.Number(Pointer.FirstDelta) > 0) throw Wrong(StorageError.AlreadyPruned, path);
                return new Opening(files, directory, directoryLock, journal, options);
            });
        });
    }

    private static Opening Locked(IFileSystem files, string directory, Func<IDisposable, Opening> open)
    {
        IDisposable directoryLock = files.TryLock(Path.Combine(directory, LockName)) ?? throw Wrong(StorageError.Locked, directory);
        try
        {
            return open(directoryLock);
        }
        catch
        {
            directoryLock.Dispose();
            throw;
        }
    }

    private static Journal OpenJournal(IFileSystem files, string path)
    {
        try
        {
            return Journal.Open(files, path);
        }
        catch (StorageException wrong) when (wrong.Failure.Error is StorageError.ForeignFile or StorageError.Inconsistent or StorageError.DamagedPage)
        {
            // SQLite looks at the first bytes only. If other pages have our checksums, the file is ours, and damaged.
            if (!PageCheck.HasIntactPage(files, path)) throw Wrong(StorageError.ForeignFile, path);
            if (wrong.Failure.Error == StorageError.DamagedPage) throw;
            throw Wrong(StorageError.DamagedPage, $"{path}, page {PageCheck.FirstDamaged(files, path, long.MaxValue)}");
        }
    }

    private static Opening Finish(Journal journal, Func<Opening> open)
    {
        try
        {
            return open();
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    private static bool HoldsChain(IFileSystem files, string path)
    {
        if (!files.Exists(path)) return false;
        try
        {
            OpenJournal(files, path).Dispose();
            return true;
        }
        catch (StorageException wrong) when (wrong.Failure.Error == StorageError.NotFound)
        {
            return false;
        }
    }

    private static BlockTree ReadTree(Journal journal)
    {
        Hash256 finalized = journal.Hash(Pointer.Finalized), best = journal.Hash(Pointer.Best);
        if (!journal.TryGetFields(finalized, out HeaderFields head)) throw Wrong(StorageError.Inconsistent, $"the finalized block {finalized} is not there");
        BlockTree tree = new(finalized, head.Number);
        foreach ((Hash256 hash, HeaderFields fields) in journal.From(head.Number + 1))
        {
            if (!tree.TryGet(fields.ParentHash, out BlockNode? parent) || fields.Number != parent.Number + 1) throw Wrong(StorageError.Inconsistent, $"block {hash} has no parent");
            tree.Add(hash, parent);
        }

        if (!tree.TryGet(best, out BlockNode? node)) throw Wrong(StorageError.Inconsistent, $"the best block {best} is not there");
        tree.SetBest(node);
        return tree;
    }

    private static StorageException Wrong(StorageError error, string subject) => new(new StorageFailure(error, subject));
}
