namespace Phala.Node.Storage;

/// <summary>Why a database cannot be opened, or why what was asked of it was not done.</summary>
public enum StorageError
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>There is no database, or making it was interrupted.</summary>
    NotFound,

    /// <summary>There is a database where a new one was to be made.</summary>
    AlreadyExists,

    /// <summary>Another process uses the directory.</summary>
    Locked,

    /// <summary>The file is something else than a database of this program.</summary>
    ForeignFile,

    /// <summary>A newer program wrote the database: its schema is not known.</summary>
    NewerSchema,

    /// <summary>The database belongs to a chain with another genesis block.</summary>
    OtherGenesis,

    /// <summary>The database was pruned and cannot be an archive any more.</summary>
    AlreadyPruned,

    /// <summary>A page of the database is not as it was written.</summary>
    DamagedPage,

    /// <summary>The write-ahead log is damaged before its end: blocks that were acknowledged are lost.</summary>
    DamagedLog,

    /// <summary>Pages are intact and what they say is not possible.</summary>
    Inconsistent,

    /// <summary>No snapshot with the changes since gives the state that the finalized header commits to.</summary>
    StateLost,

    /// <summary>No space is left.</summary>
    DiskFull,

    /// <summary>The file system refused, or failed.</summary>
    FileSystem,
}
