namespace Phala.Worker.Files;

/// <summary>An open file. Used by one thread at a time.</summary>
public interface IOpenFile : IDisposable
{
    /// <summary>The length in bytes.</summary>
    long Length { get; }

    /// <summary>Reads as much as there is.</summary>
    /// <returns>The number of bytes: fewer than asked for only at the end of the file.</returns>
    int Read(long offset, Span<byte> buffer);

    /// <summary>Writes; beyond the end the file grows.</summary>
    void Write(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Makes all that was written durable.</summary>
    void Flush();

    /// <summary>Cuts the file off.</summary>
    void SetLength(long length);
}
