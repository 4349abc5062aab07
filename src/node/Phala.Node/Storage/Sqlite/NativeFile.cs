using System.Runtime.InteropServices;

namespace Phala.Node.Storage.Sqlite;

/// <summary><c>sqlite3_file</c> and, behind it, the handle of the <see cref="VfsFile"/> that it stands for.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeFile
{
    public nint Methods;
    public nint Handle;
}
