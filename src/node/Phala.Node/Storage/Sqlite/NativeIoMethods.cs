using System.Runtime.InteropServices;

namespace Phala.Node.Storage.Sqlite;

/// <summary><c>sqlite3_io_methods</c>, version 1 (sqlite.org/c3ref/io_methods.html): no shared memory and no mapped files. All addresses.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeIoMethods
{
    public int Version;
    public nint Close;
    public nint Read;
    public nint Write;
    public nint Truncate;
    public nint Sync;
    public nint FileSize;
    public nint Lock;
    public nint Unlock;
    public nint CheckReservedLock;
    public nint FileControl;
    public nint SectorSize;
    public nint DeviceCharacteristics;
}
