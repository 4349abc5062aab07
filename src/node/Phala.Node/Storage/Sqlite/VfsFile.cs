using Phala.Node.Storage.Files;

namespace Phala.Node.Storage.Sqlite;

/// <summary>A file that SQLite has open. The pages of the database itself get their checksums here and are held against them.</summary>
internal sealed class VfsFile(Vfs vfs, string path, IStorageFile file, bool isDatabase, bool isNew) : IDisposable
{
    private readonly byte[] _page = isDatabase ? new byte[Page.Size] : [];
    private bool _isNameDurable = !isNew;

    /// <summary>The file system that opened it.</summary>
    public Vfs Vfs => vfs;

    /// <summary>The length in bytes.</summary>
    public long Length => file.Length;

    /// <summary>Reads; what is beyond the end is zeros.</summary>
    public int Read(long offset, Span<byte> buffer)
    {
        int read = file.Read(offset, buffer);
        buffer[read..].Clear();
        if (read < buffer.Length) return SqliteCode.IoErrorShortRead;
        if (!isDatabase || buffer.Length != Page.Size || Page.IsIntact(buffer)) return SqliteCode.Ok;
        vfs.NoteDamagedPage((offset / Page.Size) + 1);
        return SqliteCode.IoErrorData;
    }

    /// <summary>Writes.</summary>
    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        if (!isDatabase || bytes.Length != Page.Size)
        {
            file.Write(offset, bytes);
            return;
        }

        bytes.CopyTo(_page);
        Page.Seal(_page);
        file.Write(offset, _page);
    }

    /// <summary>Cuts the file off.</summary>
    public void SetLength(long length) => file.SetLength(length);

    /// <summary>Makes content durable, and the first time the name of a new file too.</summary>
    public void Flush()
    {
        file.Flush();
        if (_isNameDurable) return;
        vfs.Files.FlushDirectory(Path.GetDirectoryName(path)!);
        _isNameDurable = true;
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
