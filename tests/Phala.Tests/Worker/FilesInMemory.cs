using Phala.Tests.Node.Storage;
using Phala.Worker.Files;

namespace Phala.Tests.Worker;

/// <summary>The file system in memory that fails where it is told to, as the worker asks for one.</summary>
internal sealed class FilesInMemory(MemoryFileSystem files) : IFileSystem
{
    public FilesInMemory() : this(new MemoryFileSystem())
    {
    }

    public MemoryFileSystem Inner => files;

    public IOpenFile? Open(string path, bool create) => files.Open(path, create) is { } file ? new Handle(file) : null;

    public void Delete(string path) => files.Delete(path);

    public void Rename(string oldPath, string newPath) => files.Rename(oldPath, newPath);

    public IReadOnlyList<string> List(string directory) => files.List(directory);

    public void CreateDirectory(string directory) => files.CreateDirectory(directory);

    public void FlushDirectory(string directory) => files.FlushDirectory(directory);

    public IDisposable? TryLock(string path) => files.TryLock(path);

    private sealed class Handle(Phala.Node.Storage.Files.IStorageFile file) : IOpenFile
    {
        public long Length => file.Length;

        public int Read(long offset, Span<byte> buffer) => file.Read(offset, buffer);

        public void Write(long offset, ReadOnlySpan<byte> bytes) => file.Write(offset, bytes);

        public void Flush() => file.Flush();

        public void SetLength(long length) => file.SetLength(length);

        public void Dispose() => file.Dispose();
    }
}
