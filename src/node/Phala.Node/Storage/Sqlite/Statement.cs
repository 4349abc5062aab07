using SQLitePCL;

namespace Phala.Node.Storage.Sqlite;

/// <summary>A prepared statement. Bind, step, read, and <see cref="Reset"/> before the next use.</summary>
internal sealed class Statement(Database database, sqlite3_stmt handle) : IDisposable
{
    /// <summary>Sets a parameter, counted from 1.</summary>
    public Statement Bind(int index, long value)
    {
        database.Check(raw.sqlite3_bind_int64(handle, index, value));
        return this;
    }

    /// <summary>Sets a parameter, counted from 1.</summary>
    public Statement Bind(int index, ReadOnlySpan<byte> value)
    {
        database.Check(raw.sqlite3_bind_blob(handle, index, value));
        return this;
    }

    /// <summary>Goes to the next row; false after the last one.</summary>
    public bool Step()
    {
        int code = raw.sqlite3_step(handle);
        if (code is SqliteCode.Row or SqliteCode.Done) return code == SqliteCode.Row;
        _ = raw.sqlite3_reset(handle);
        database.Check(code);
        return false;
    }

    /// <summary>Runs a statement that gives no rows.</summary>
    public void Run()
    {
        _ = Step();
        Reset();
    }

    /// <summary>Ends the present use.</summary>
    public void Reset() => _ = raw.sqlite3_reset(handle);

    /// <summary>A number of the row, columns counted from 0.</summary>
    public long Integer(int column) => raw.sqlite3_column_int64(handle, column);

    /// <summary>Bytes of the row, valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(handle, column);

    /// <summary>Whether the column has no value.</summary>
    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();
}
