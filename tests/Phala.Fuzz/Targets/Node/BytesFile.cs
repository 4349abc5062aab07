using Phala.Node.Storage.Files;

namespace Phala.Fuzz.Targets.Node;

/// <summary>Bytes as an open file, and as a file system that has this one file.</summary>
internal sealed class BytesFile(byte[] content) : IStorageFile, IFileSystem
{
    private byte[] _content = content;

    /// <inheritdoc/>
    public long Length => _content.Length;

    /// <summary>What was written.</summary>
    public byte[] ToArray() => _content;

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> buffer)
    {
        int count = (int)Math.Clamp(_content.Length - offset, 0, buffer.Length);
        if (count > 0) _content.AsSpan((int)offset, count).CopyTo(buffer);
        return count;
    }

    /// <inheritdoc/>
    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        if (offset + bytes.Length > _content.Length) Array.Resize(ref _content, (int)offset + bytes.Length);
        bytes.CopyTo(_content.AsSpan((int)offset));
    }

    /// <inheritdoc/>
    public void Flush()
    {
    }

    /// <inheritdoc/>
    public void SetLength(long length) => Array.Resize(ref _content, (int)length);

    /// <inheritdoc/>
    public IStorageFile? Open(string path, bool create) => this;

    /// <inheritdoc/>
    public bool Exists(string path) => true;

    /// <inheritdoc/>
    public void Delete(string path) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Rename(string oldPath, string newPath) => throw new NotSupportedException();

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string directory) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void CreateDirectory(string directory) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void FlushDirectory(string directory) => throw new NotSupportedException();

    /// <inheritdoc/>
    public long FreeSpace(string directory) => throw new NotSupportedException();

    /// <inheritdoc/>
    public IDisposable? TryLock(string path) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
