namespace Phala.Cli.Output;

/// <summary>A file that a command will write: opened before the command does what can't be undone, so that its result is not lost. What was in it stays until there is something new.</summary>
internal sealed class OutputFile : IDisposable
{
    private readonly FileStream? _stream;
    private readonly bool _isNew;
    private bool _isWritten;

    private OutputFile(FileStream? stream, bool isNew) => (_stream, _isNew) = (stream, isNew);

    /// <summary>Opens a file.</summary>
    /// <param name="file">The file; null where none is wanted, and then nothing is written.</param>
    /// <param name="output">The file to write.</param>
    /// <returns>What is wrong, in words, or null.</returns>
    public static string? TryOpen(FileInfo? file, out OutputFile? output)
    {
        output = null;
        try
        {
            bool isNew = file is { Exists: false };
            output = new OutputFile(file?.Open(FileMode.OpenOrCreate, FileAccess.Write, FileShare.None), isNew);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{file!.FullName} can't be written: {exception.Message}";
        }
    }

    /// <summary>Writes the file's new content.</summary>
    public async Task WriteAsync(byte[] content, CancellationToken stop)
    {
        if (_stream is null) return;
        _stream.SetLength(0);
        await _stream.WriteAsync(content, stop).ConfigureAwait(false);
        _isWritten = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_stream is null) return;
        _stream.Dispose();
        if (_isNew && !_isWritten) File.Delete(_stream.Name);
    }
}
