using Phala.Worker.Files;

namespace Phala.Fuzz.Targets.Worker;

/// <summary>Files that nobody reads again.</summary>
internal sealed class NoDisk : IFileSystem
{
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);

    public IOpenFile? Open(string path, bool create) => create ? new Nothing() : null;

    public void Delete(string path) => _names.Remove(Path.GetFileName(path));

    public void Rename(string oldPath, string newPath) => _names.Add(Path.GetFileName(newPath));

    public IReadOnlyList<string> List(string directory) => [.. _names];

    public void CreateDirectory(string directory)
    {
    }

    public void FlushDirectory(string directory)
    {
    }

    public IDisposable? TryLock(string path) => null;

    private sealed class Nothing : IOpenFile
    {
        public long Length => 0;

        public int Read(long offset, Span<byte> buffer) => 0;

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
        }

        public void Flush()
        {
        }

        public void SetLength(long length)
        {
        }

        public void Dispose()
        {
        }
    }
}
