using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Phala.Node.Storage.Files;

namespace Phala.Node.Storage.Sqlite;

/// <summary>The functions that SQLite calls for a <see cref="Vfs"/>. Unsafe: SQLite passes addresses and lengths, which are valid for the call.</summary>
internal static unsafe class VfsCallbacks
{
    /// <summary>1970-01-01 as a Julian day. No statement of ours asks for the time.</summary>
    private const double AnyTime = 2440587.5;

    private static readonly NativeIoMethods* Methods = MakeMethods();

    /// <summary>Enters the functions into a table.</summary>
    public static void Fill(NativeVfs* vfs)
    {
        vfs->Open = (nint)(delegate* unmanaged[Cdecl]<NativeVfs*, byte*, NativeFile*, int, int*, int>)&Open;
        vfs->Delete = (nint)(delegate* unmanaged[Cdecl]<NativeVfs*, byte*, int, int>)&Delete;
        vfs->Access = (nint)(delegate* unmanaged[Cdecl]<NativeVfs*, byte*, int, int*, int>)&Access;
        vfs->FullPathname = (nint)(delegate* unmanaged[Cdecl]<NativeVfs*, byte*, int, byte*, int>)&FullPathname;
        vfs->Randomness = (nint)(delegate* unmanaged[Cdecl]<NativeVfs*, int, byte*, int>)&Randomness;
        vfs->Sleep = (nint)(delegate* unmanaged[Cdecl]<NativeVfs*, int, int>)&Sleep;
        vfs->CurrentTime = (nint)(delegate* unmanaged[Cdecl]<NativeVfs*, double*, int>)&CurrentTime;
        vfs->GetLastError = (nint)(delegate* unmanaged[Cdecl]<NativeVfs*, int, byte*, int>)&GetLastError;
    }

    private static NativeIoMethods* MakeMethods()
    {
        NativeIoMethods* methods = (NativeIoMethods*)NativeMemory.AllocZeroed((nuint)sizeof(NativeIoMethods));
        methods->Version = 1;
        methods->Close = (nint)(delegate* unmanaged[Cdecl]<NativeFile*, int>)&Close;
        methods->Read = (nint)(delegate* unmanaged[Cdecl]<NativeFile*, void*, int, long, int>)&Read;
        methods->Write = (nint)(delegate* unmanaged[Cdecl]<NativeFile*, void*, int, long, int>)&Write;
        methods->Truncate = (nint)(delegate* unmanaged[Cdecl]<NativeFile*, long, int>)&Truncate;
        methods->Sync = (nint)(delegate* unmanaged[Cdecl]<NativeFile*, int, int>)&Sync;
        methods->FileSize = (nint)(delegate* unmanaged[Cdecl]<NativeFile*, long*, int>)&FileSize;
        methods->Lock = methods->Unlock = (nint)(delegate* unmanaged[Cdecl]<NativeFile*, int, int>)&Lock;
        methods->CheckReservedLock = (nint)(delegate* unmanaged[Cdecl]<NativeFile*, int*, int>)&CheckReservedLock;
        methods->FileControl = (nint)(delegate* unmanaged[Cdecl]<NativeFile*, int, void*, int>)&FileControl;
        methods->SectorSize = (nint)(delegate* unmanaged[Cdecl]<NativeFile*, int>)&SectorSize;
        methods->DeviceCharacteristics = (nint)(delegate* unmanaged[Cdecl]<NativeFile*, int>)&DeviceCharacteristics;
        return methods;
    }

    private static Vfs VfsOf(NativeVfs* vfs) => (Vfs)GCHandle.FromIntPtr(vfs->AppData).Target!;

    private static VfsFile FileOf(NativeFile* file) => (VfsFile)GCHandle.FromIntPtr(file->Handle).Target!;

    private static string Text(byte* name) => Marshal.PtrToStringUTF8((nint)name)!;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(NativeVfs* native, byte* name, NativeFile* file, int flags, int* flagsOut)
    {
        file->Methods = 0;
        Vfs vfs = VfsOf(native);

        // A file without a name is a temporary one; those are kept in memory.
        if (name is null) return SqliteCode.CannotOpen;
        try
        {
            string path = Text(name);
            bool creates = (flags & SqliteCode.OpenCreate) != 0, isNew = creates && !vfs.Files.Exists(path);
            if (vfs.Files.Open(path, creates) is not { } opened) return SqliteCode.CannotOpen;
            VfsFile managed = new(vfs, path, opened, (flags & SqliteCode.OpenMainDatabase) != 0, isNew);
            file->Handle = GCHandle.ToIntPtr(GCHandle.Alloc(managed));
            file->Methods = (nint)Methods;
            if (flagsOut is not null) *flagsOut = flags;
            return SqliteCode.Ok;
        }
        catch (Exception failure)
        {
            vfs.Note(failure);
            return SqliteCode.CannotOpen;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Delete(NativeVfs* native, byte* name, int flushDirectory)
    {
        Vfs vfs = VfsOf(native);
        try
        {
            string path = Text(name);
            if (!vfs.Files.Exists(path)) return SqliteCode.IoErrorDeleteNoEntry;
            vfs.Files.Delete(path);
            if (flushDirectory != 0) vfs.Files.FlushDirectory(Path.GetDirectoryName(path)!);
            return SqliteCode.Ok;
        }
        catch (Exception failure)
        {
            vfs.Note(failure);
            return SqliteCode.IoError;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Access(NativeVfs* native, byte* name, int flags, int* result)
    {
        Vfs vfs = VfsOf(native);
        try
        {
            // As SQLite's own file systems do: an empty journal is none.
            string path = Text(name);
            using IStorageFile? file = vfs.Files.Exists(path) ? vfs.Files.Open(path, create: false) : null;
            *result = file is { Length: > 0 } ? 1 : 0;
            return SqliteCode.Ok;
        }
        catch (Exception failure)
        {
            vfs.Note(failure);
            return SqliteCode.IoError;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FullPathname(NativeVfs* native, byte* name, int size, byte* result)
    {
        ReadOnlySpan<byte> path = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name);
        if (path.Length >= size) return SqliteCode.CannotOpen;
        path.CopyTo(new Span<byte>(result, size));
        result[path.Length] = 0;
        return SqliteCode.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Randomness(NativeVfs* native, int length, byte* result)
    {
        RandomNumberGenerator.Fill(new Span<byte>(result, length));
        return length;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sleep(NativeVfs* native, int microseconds) => 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CurrentTime(NativeVfs* native, double* result)
    {
        *result = AnyTime;
        return SqliteCode.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetLastError(NativeVfs* native, int length, byte* message) => 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(NativeFile* file)
    {
        GCHandle handle = GCHandle.FromIntPtr(file->Handle);
        VfsFile managed = (VfsFile)handle.Target!;
        handle.Free();
        return Run(managed, static (each, _, _) => each.Dispose(), 0, 0);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(NativeFile* file, void* buffer, int length, long offset)
    {
        VfsFile managed = FileOf(file);
        try
        {
            return managed.Read(offset, new Span<byte>(buffer, length));
        }
        catch (Exception failure)
        {
            managed.Vfs.Note(failure);
            return SqliteCode.IoError;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(NativeFile* file, void* buffer, int length, long offset)
    {
        VfsFile managed = FileOf(file);
        try
        {
            managed.Write(offset, new ReadOnlySpan<byte>(buffer, length));
            return SqliteCode.Ok;
        }
        catch (Exception failure)
        {
            managed.Vfs.Note(failure);
            return failure is DiskFullException ? SqliteCode.Full : SqliteCode.IoError;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(NativeFile* file, long length) => Run(FileOf(file), static (each, to, _) => each.SetLength(to), length, 0);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(NativeFile* file, int flags)
    {
        VfsFile managed = FileOf(file);
        try
        {
            managed.Flush();
            return SqliteCode.Ok;
        }
        catch (Exception failure)
        {
            managed.Vfs.Note(failure, inFlush: true);
            return SqliteCode.IoError;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FileSize(NativeFile* file, long* length) => Run(FileOf(file), static (each, _, to) => *(long*)to = each.Length, 0, (nint)length);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Lock(NativeFile* file, int level) => SqliteCode.Ok;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CheckReservedLock(NativeFile* file, int* result)
    {
        *result = 0;
        return SqliteCode.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FileControl(NativeFile* file, int operation, void* argument) => SqliteCode.NotFound;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SectorSize(NativeFile* file) => 512;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int DeviceCharacteristics(NativeFile* file) => SqliteCode.PowersafeOverwrite;

    private static int Run(VfsFile file, Action<VfsFile, long, nint> operation, long argument, nint result)
    {
        try
        {
            operation(file, argument, result);
            return SqliteCode.Ok;
        }
        catch (Exception failure)
        {
            file.Vfs.Note(failure);
            return failure is DiskFullException ? SqliteCode.Full : SqliteCode.IoError;
        }
    }
}
