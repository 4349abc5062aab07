using System.Runtime.InteropServices;

namespace Phala.Node.Storage.Sqlite;

/// <summary><c>sqlite3_vfs</c>, version 1 (sqlite.org/c3ref/vfs.html). All addresses.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeVfs
{
    public int Version;
    public int FileSize;
    public int MaxPathname;
    public nint Next;
    public nint Name;
    public nint AppData;
    public nint Open;
    public nint Delete;
    public nint Access;
    public nint FullPathname;
    public nint LibraryOpen;
    public nint LibraryError;
    public nint LibrarySymbol;
    public nint LibraryClose;
    public nint Randomness;
    public nint Sleep;
    public nint CurrentTime;
    public nint GetLastError;
}
