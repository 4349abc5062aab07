using System.Runtime.InteropServices;

namespace Phala.Node.Storage.Sqlite;

/// <summary>What SQLite offers beyond its managed wrapper.</summary>
internal static partial class NativeMethods
{
    private const string Library = "e_sqlite3";

    /// <summary>Makes a file system known to the whole process.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_vfs_register")]
    public static partial int RegisterVfs(nint vfs, int makeDefault);

    /// <summary>Makes it unknown again.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_vfs_unregister")]
    public static partial int UnregisterVfs(nint vfs);

    /// <summary>Sets what has no statement, such as the reserved bytes of a page.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int FileControl(nint database, string schema, int operation, ref int value);
}
