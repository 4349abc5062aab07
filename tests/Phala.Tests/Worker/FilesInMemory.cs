using Phala.Tests.Node.Storage;
using Phala.Worker.Files;

namespace Phala.Tests.Worker;

/// <summary>The file system in memory that fails where it is told to, as the worker asks for one: several threads of it write.</summary>
internal sealed class FilesInMemory(MemoryFileSystem files) : IFileSystem
{
    public FilesInMemory() : this(new MemoryFileSystem())
    {
    }

    public MemoryFileSystem Inner => files;

    /// <summary>Which files can be neither opened nor deleted.</summary>
    public Predicate<string> IsBroken { get; set; } = _ => false;

    public IOpenFile? Open(string path, bool create) => Locked(() => files.Open(Unbroken(path), create) is { } file ? new Handle(files, file) : null);

    public void Delete(string path) => Locked(() => files.Delete(Unbroken(path)));

    public void Rename(string oldPath, string newPath) => Locked(() => files.Rename(oldPath, newPath));

    public IReadOnlyList<string> List(string directory) => Locked(() => files.List(directory));

    public void CreateDirectory(string directory) => Locked(() => files.CreateDirectory(directory));

    public void FlushDirectory(string directory) => Locked(() => files.FlushDirectory(directory));

    public IDisposable? TryLock(string path) => Locked(() => files.TryLock(path));

    private string Unbroken(string path) => IsBroken(path) ? throw new IOException($"{path} is broken.") : path;

    private void Locked(Action action)
    {
        lock (files) action();
    }

    private T Locked<T>(Func<T> read)
    {
        lock (files) return read();
    }

    private sealed class Handle(MemoryFileSystem files, Phala.Node.Storage.Files.IStorageFile file) : IOpenFile
    {
        public long Length
        {
            get
            {
                lock (files) return file.Length;
            }
        }

        public int Read(long offset, Span<byte> buffer)
        {
            lock (files) return file.Read(offset, buffer);
        }

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            lock (files) file.Write(offset, bytes);
        }

        public void Flush()
        {
            lock (files) file.Flush();
        }

        public void SetLength(long length)
        {
            lock (files) file.SetLength(length);
        }

        public void Dispose() => file.Dispose();
    }
}
