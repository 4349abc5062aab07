using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Phala.Worker.Files;

/// <summary>The file system of the machine.</summary>
public sealed partial class DiskFileSystem : IFileSystem
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>POSIX: open to read, on Linux and macOS alike.</summary>
    private const int ReadOnly = 0;

    /// <inheritdoc/>
    public IOpenFile? Open(string path, bool create) => Guard<IOpenFile?>(() =>
    {
        if (!File.Exists(path))
        {
            if (!create) return null;
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
            using FileStream made = new(path, options);
        }

        return new DiskFile(File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete));
    });

    /// <inheritdoc/>
    public void Delete(string path) => Guard(() => File.Delete(path));

    /// <inheritdoc/>
    public void Rename(string oldPath, string newPath) => Guard(() => File.Move(oldPath, newPath, overwrite: true));

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string directory) =>
        Directory.Exists(directory) ? [.. Guard(() => Directory.GetFiles(directory)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)] : [];

    /// <inheritdoc/>
    public void CreateDirectory(string directory) => Guard(() =>
        OperatingSystem.IsWindows() ? Directory.CreateDirectory(directory) : Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute));

    /// <inheritdoc/>
    /// <remarks>Windows keeps names durable by itself and does not open directories for this.</remarks>
    public void FlushDirectory(string directory)
    {
        if (OperatingSystem.IsWindows()) return;
        int descriptor = OpenDirectory(directory, ReadOnly);
        if (descriptor < 0) throw new IOException($"{directory}: cannot be opened (error {Marshal.GetLastPInvokeError()}).");
        int flushed = FlushDescriptor(descriptor), error = Marshal.GetLastPInvokeError();
        _ = CloseDescriptor(descriptor);
        if (flushed != 0) throw new IOException($"{directory}: cannot be flushed (error {error}).");
    }

    /// <inheritdoc/>
    public IDisposable? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException failure) when (failure is not (DirectoryNotFoundException or PathTooLongException))
        {
            return null;
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new IOException(failure.Message, failure);
        }
    }

    private static void Guard(Action operation) => Guard(() =>
    {
        operation();
        return true;
    });

    private static T Guard<T>(Func<T> operation)
    {
        try
        {
            return operation();
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new IOException(failure.Message, failure);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenDirectory(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FlushDescriptor(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseDescriptor(int descriptor);

    private sealed class DiskFile(SafeFileHandle handle) : IOpenFile
    {
        public long Length => RandomAccess.GetLength(handle);

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

        public void Write(long offset, ReadOnlySpan<byte> bytes) => RandomAccess.Write(handle, bytes, offset);

        public void Flush() => RandomAccess.FlushToDisk(handle);

        public void SetLength(long length) => RandomAccess.SetLength(handle, length);

        public void Dispose() => handle.Dispose();
    }
}
