using System.Globalization;
using Phala.Node.Storage.Files;
using SQLitePCL;

namespace Phala.Node.Storage.Sqlite;

/// <summary>A SQLite database over an <see cref="IFileSystem"/>: write-ahead log, flushed at every commit, pages with checksums. Used by one thread at a time.</summary>
/// <remarks>
/// <b>Invariant.</b> When <see cref="Run"/> returns, all writes in it are durable; when it throws, none of them is there.
/// Everything throws <see cref="StorageException"/>.
/// </remarks>
internal sealed class Database : IDisposable
{
    private readonly List<Statement> _statements = [];
    private readonly Vfs _vfs;
    private readonly string _path;
    private readonly sqlite3 _database;

    /// <summary>Opens a database, or makes an empty one.</summary>
    public Database(IFileSystem files, string path, bool create)
    {
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        _vfs = new Vfs(files);
        _path = path;
        int code = raw.sqlite3_open_v2(path, out _database, SqliteCode.OpenReadWrite | (create ? SqliteCode.OpenCreate : 0), _vfs.Name);
        try
        {
            Check(code);
            int reserved = Page.ChecksumSize;
            Check(NativeMethods.FileControl(_database.DangerousGetHandle(), "main", SqliteCode.ControlReserveBytes, ref reserved));
            Execute($"PRAGMA page_size={Page.Size}; PRAGMA locking_mode=EXCLUSIVE; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16384; PRAGMA cell_size_check=ON;");
            Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0; PRAGMA trusted_schema=OFF;");
            if (Text("PRAGMA journal_mode") != "wal") throw new InvalidOperationException("SQLite keeps no write-ahead log here.");
        }
        catch (StorageException)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Whether a flush failed: nothing may be written any more, as nobody knows what is durable.</summary>
    public bool FlushFailed => _vfs.FlushFailed;

    /// <summary>Runs statements without parameters or results.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(_database, sql));

    /// <summary>Prepares a statement, which lives as long as the database.</summary>
    public Statement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_database, sql, out sqlite3_stmt handle));
        Statement statement = new(this, handle);
        _statements.Add(statement);
        return statement;
    }

    /// <summary>The number that a pragma answers.</summary>
    public long Number(string pragma) => long.Parse(Text(pragma), CultureInfo.InvariantCulture);

    /// <summary>Runs writes as one transaction.</summary>
    public void Run(Action writes)
    {
        Execute("BEGIN IMMEDIATE");
        try
        {
            writes();
            CrashPoint.Hit("storage.commit.before");
            Execute("COMMIT");
            CrashPoint.Hit("storage.commit.after");
        }
        catch
        {
            // SQLite has rolled back by itself where it had to.
            if (raw.sqlite3_get_autocommit(_database) == 0) _ = raw.sqlite3_exec(_database, "ROLLBACK");
            throw;
        }
    }

    /// <summary>Takes the write-ahead log over into the database. Commits are durable with or without.</summary>
    public void Checkpoint()
    {
        CrashPoint.Hit("storage.checkpoint.before");
        Check(raw.sqlite3_wal_checkpoint_v2(_database, "main", SqliteCode.CheckpointPassive, out _, out _));
        CrashPoint.Hit("storage.checkpoint.after");
    }

    /// <summary>Throws unless the code says that all went well.</summary>
    public void Check(int code)
    {
        if (code is SqliteCode.Ok or SqliteCode.Row or SqliteCode.Done) return;
        string message = _database is null or { IsInvalid: true } ? "" : raw.sqlite3_errmsg(_database).utf8_to_string();
        Exception? cause = _vfs.Failure;
        StorageFailure failure = ToFailure(code & 0xFF, message);
        _vfs.ClearFailure();
        throw new StorageException(failure, cause);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Statement statement in _statements) statement.Dispose();
        _ = raw.sqlite3_close_v2(_database);
        _vfs.Dispose();
    }

    /// <summary>The text that a pragma answers.</summary>
    public string Text(string pragma)
    {
        Check(raw.sqlite3_prepare_v2(_database, pragma, out sqlite3_stmt handle));
        using (handle)
        {
            Check(raw.sqlite3_step(handle));
            return raw.sqlite3_column_text(handle, 0).utf8_to_string();
        }
    }

    private StorageFailure ToFailure(int code, string message) => (code, _vfs.DamagedPage) switch
    {
        (_, > 0) => new StorageFailure(StorageError.DamagedPage, $"{_path}, page {_vfs.DamagedPage}"),
        (SqliteCode.Full, _) => new StorageFailure(StorageError.DiskFull, _path),
        _ when _vfs.Failure is DiskFullException => new StorageFailure(StorageError.DiskFull, _path),
        (SqliteCode.NotADatabase, _) => new StorageFailure(StorageError.ForeignFile, _path),
        (SqliteCode.Corrupt, _) => new StorageFailure(StorageError.Inconsistent, $"{_path}: {message}"),
        (SqliteCode.CannotOpen, _) when _vfs.Failure is null => new StorageFailure(StorageError.NotFound, _path),
        (SqliteCode.IoError or SqliteCode.CannotOpen, _) => new StorageFailure(StorageError.FileSystem, $"{_path}: {_vfs.Failure?.Message ?? message}"),
        _ => new StorageFailure(StorageError.Inconsistent, $"{_path}: {message}"),
    };
}
