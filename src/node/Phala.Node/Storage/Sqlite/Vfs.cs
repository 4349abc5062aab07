using System.Globalization;
using System.Runtime.InteropServices;
using Phala.Node.Storage.Files;

namespace Phala.Node.Storage.Sqlite;

/// <summary>SQLite's view of an <see cref="IFileSystem"/>: every byte it reads or writes goes through that one.</summary>
/// <remarks>
/// Locks are not kept here: one process has the whole directory, and the database is opened in exclusive mode, which is also why there is no shared memory.
/// Unsafe, as SQLite calls with addresses. Nothing may be thrown through SQLite: an exception is noted in <see cref="Failure"/>, and SQLite hears of an I/O error.
/// </remarks>
internal sealed unsafe class Vfs : IDisposable
{
    private const int MaxPathname = 1024;

    private readonly GCHandle _handle;
    private readonly NativeVfs* _vfs;

    /// <summary>Makes the file system known to SQLite, under a name of its own.</summary>
    public Vfs(IFileSystem files)
    {
        Files = files;
        _handle = GCHandle.Alloc(this);
        _vfs = (NativeVfs*)NativeMemory.AllocZeroed((nuint)sizeof(NativeVfs));
        Name = string.Create(CultureInfo.InvariantCulture, $"phala-{(nint)_vfs:x}");
        _vfs->Version = 1;
        _vfs->FileSize = sizeof(NativeFile);
        _vfs->MaxPathname = MaxPathname;
        _vfs->Name = Marshal.StringToCoTaskMemUTF8(Name);
        _vfs->AppData = GCHandle.ToIntPtr(_handle);
        VfsCallbacks.Fill(_vfs);
        _ = NativeMethods.RegisterVfs((nint)_vfs, makeDefault: 0);
    }

    /// <summary>The file system below.</summary>
    public IFileSystem Files { get; }

    /// <summary>What a database is opened with.</summary>
    public string Name { get; }

    /// <summary>What failed last below SQLite.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>The first page that was read and is not as it was written; 0 for none.</summary>
    public long DamagedPage { get; private set; }

    /// <summary>Whether a flush failed: what is durable is not known any more.</summary>
    public bool FlushFailed { get; private set; }

    /// <summary>Takes in that a page is damaged.</summary>
    public void NoteDamagedPage(long number) => DamagedPage = DamagedPage == 0 ? number : DamagedPage;

    /// <summary>Takes in a failure.</summary>
    public void Note(Exception failure, bool inFlush = false)
    {
        Failure = failure;
        FlushFailed |= inFlush;
    }

    /// <summary>Forgets failures that have been reported.</summary>
    public void ClearFailure()
    {
        Failure = null;
        DamagedPage = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ = NativeMethods.UnregisterVfs((nint)_vfs);
        Marshal.FreeCoTaskMem(_vfs->Name);
        NativeMemory.Free(_vfs);
        _handle.Free();
    }
}
