namespace Phala.Cli.Dev;

/// <summary>Where a development network keeps its data. One network at a time uses a folder.</summary>
internal sealed class DevFolder : IDisposable
{
    private readonly bool _isTemporary;
    private readonly FileStream _lock;

    private DevFolder(string root, bool isTemporary, FileStream held) => (Root, _isTemporary, _lock) = (root, isTemporary, held);

    /// <summary>The folder.</summary>
    public string Root { get; }

    /// <summary>The node's data.</summary>
    public string Node => Path.Combine(Root, "node");

    /// <summary>Opens a folder.</summary>
    /// <param name="basePath">The folder; null for a temporary one.</param>
    /// <returns>Null where another network uses it.</returns>
    public static DevFolder? TryOpen(string? basePath)
    {
        string root = basePath is null ? Directory.CreateTempSubdirectory("phala-dev-").FullName : Path.GetFullPath(basePath);
        Directory.CreateDirectory(root);
        try
        {
            FileStream held = new(Path.Combine(root, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            return new DevFolder(root, basePath is null, held);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>A worker's data.</summary>
    public string Worker(int at) => Path.Combine(Root, $"worker-{at + 1}");

    /// <summary>A program's log.</summary>
    public string Log(string name) => Path.Combine(Root, name + ".log");

    /// <inheritdoc/>
    public void Dispose()
    {
        _lock.Dispose();
        if (_isTemporary) Directory.Delete(Root, recursive: true);
    }
}
