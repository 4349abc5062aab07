namespace Phala.Node.Storage.Sqlite;

/// <summary>SQLite's numbers (sqlite.org/rescode.html, sqlite.org/c3ref/constlist.html), as far as they are used.</summary>
internal static class SqliteCode
{
    public const int Ok = 0, Error = 1, IoError = 10, Corrupt = 11, NotFound = 12, Full = 13, CannotOpen = 14, NotADatabase = 26, Row = 100, Done = 101;
    public const int IoErrorShortRead = 522, IoErrorDeleteNoEntry = 5898, IoErrorData = 8202;

    public const int OpenReadWrite = 0x2, OpenCreate = 0x4, OpenMainDatabase = 0x100;

    /// <summary>A write never harms bytes beside those it writes, not even when power is lost.</summary>
    public const int PowersafeOverwrite = 0x1000;

    public const int ControlReserveBytes = 38;

    public const int CheckpointPassive = 0, CheckpointTruncate = 3;
}
