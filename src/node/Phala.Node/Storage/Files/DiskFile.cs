using Microsoft.Win32.SafeHandles;

namespace Phala.Node.Storage.Files;

/// <summary>An open file of the machine.</summary>
internal sealed class DiskFile(SafeFileHandle handle) : IStorageFile
{
    /// <inheritdoc/>
    public long Length => RandomAccess.GetLength(handle);

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> buffer)
    {
        int done = 0;
        while (done < buffer.Length)
        {
            int read = RandomAccess.Read(handle, buffer[done..], offset + done);
            if (read == 0) break;
            done += read;
        }

        return done;
    }

    /// <inheritdoc/>
    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(handle, bytes, offset);
        }
        catch (IOException failure)
        {
            throw DiskFileSystem.Named(failure);
        }
    }

    /// <inheritdoc/>
    public void Flush() => DiskFileSystem.Guard(() => RandomAccess.FlushToDisk(handle));

    /// <inheritdoc/>
    public void SetLength(long length) => DiskFileSystem.Guard(() => RandomAccess.SetLength(handle, length));

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();
}
