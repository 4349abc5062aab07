using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Phala.Node.Storage.Files;

/// <summary>The file system of the machine.</summary>
public sealed partial class DiskFileSystem : IFileSystem
{
    /// <summary>POSIX: open to read, on Linux and macOS alike.</summary>
    private const int ReadOnly = 0;

    /// <inheritdoc/>
    public IStorageFile? Open(string path, bool create)
    {
        if (!create && !File.Exists(path)) return null;
        SafeFileHandle handle = Guard(() => File.OpenHandle(path, create ? FileMode.OpenOrCreate : FileMode.Open, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete));
        return new DiskFile(handle);
    }

    /// <inheritdoc/>
    public bool Exists(string path) => File.Exists(path);

    /// <inheritdoc/>
    public void Delete(string path)
    {
        if (File.Exists(path)) Guard(() => File.Delete(path));
    }

    /// <inheritdoc/>
    public void Rename(string oldPath, string newPath) => Guard(() => File.Move(oldPath, newPath, overwrite: true));

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string directory) =>
        Directory.Exists(directory) ? [.. Guard(() => Directory.GetFiles(directory)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)] : [];

    /// <inheritdoc/>
    public void CreateDirectory(string directory) => Guard(() => Directory.CreateDirectory(directory));

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
    public long FreeSpace(string directory) => Guard(() => new DriveInfo(Path.GetFullPath(directory)).AvailableFreeSpace);

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

    /// <summary>Gives a failure the type that <see cref="IFileSystem"/> names.</summary>
    internal static IOException Named(Exception failure)
    {
        const int NoSpaceOnUnix = 28, QuotaOnLinux = 122, NoSpaceOnWindows = unchecked((int)0x80070070);
        if (failure.HResult is NoSpaceOnUnix or QuotaOnLinux or NoSpaceOnWindows) return new DiskFullException(failure.Message, failure);
        return failure as IOException ?? new IOException(failure.Message, failure);
    }

    internal static void Guard(Action operation) => Guard(() =>
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
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Named(failure);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenDirectory(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FlushDescriptor(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseDescriptor(int descriptor);
}
