using Phala.Node.Storage.Files;

namespace Phala.Tests.Node.Storage;

/// <summary>A file system in memory that counts what is done to it and fails where it is told to.</summary>
/// <remarks>
/// After a loss of power names are as of the last flush of their directory with any number of the changes since, in order, and files as <see cref="MemoryFile.AfterPowerLoss"/> says.
/// </remarks>
internal sealed class MemoryFileSystem : IFileSystem
{
    private readonly Dictionary<string, MemoryFile> _names;
    private readonly List<Action<Dictionary<string, MemoryFile>>> _pending = [];
    private readonly HashSet<string> _locks = new(StringComparer.Ordinal);
    private Dictionary<string, MemoryFile> _durable;

    /// <summary>An empty one.</summary>
    public MemoryFileSystem() : this(new Dictionary<string, MemoryFile>(StringComparer.Ordinal))
    {
    }

    private MemoryFileSystem(Dictionary<string, MemoryFile> names)
    {
        _names = names;
        _durable = new Dictionary<string, MemoryFile>(names, StringComparer.Ordinal);
    }

    /// <summary>How many writes, flushes, changes of length and of names there were.</summary>
    public int Operations { get; private set; }

    /// <summary>The operations, each as a word and a file's name.</summary>
    public List<string> Log { get; } = [];

    /// <summary>The number of the operation that fails; none if negative.</summary>
    public int FailAt { get; set; } = -1;

    /// <summary>Whether everything after it fails too, as power is gone. Of a write, a part is done.</summary>
    public bool LosesPower { get; set; }

    /// <summary>Whether flushes of files fail.</summary>
    public bool FlushesFail { get; set; }

    /// <summary>How many bytes all files together may have.</summary>
    public long Capacity { get; set; } = long.MaxValue;

    /// <summary>The files.</summary>
    public IReadOnlyDictionary<string, MemoryFile> Files => _names;

    /// <summary>Whether the operation that was to fail has been reached.</summary>
    public bool HasFailed => FailAt >= 0 && Operations > FailAt;

    /// <summary>The length of all files.</summary>
    public long Used => _names.Values.Sum(file => (long)file.Length);

    /// <summary>What the next process finds after the end of this one.</summary>
    public MemoryFileSystem AfterKill() => new(_names.ToDictionary(pair => pair.Key, pair => pair.Value.AfterKill(), StringComparer.Ordinal));

    /// <summary>What the next process finds after a loss of power.</summary>
    public MemoryFileSystem AfterPowerLoss(Random random)
    {
        Dictionary<string, MemoryFile> names = new(_durable, StringComparer.Ordinal);
        int kept = random.Next(_pending.Count + 1);
        foreach (Action<Dictionary<string, MemoryFile>> change in _pending.Take(kept)) change(names);
        return new MemoryFileSystem(names.ToDictionary(pair => pair.Key, pair => pair.Value.AfterPowerLoss(random), StringComparer.Ordinal));
    }

    /// <inheritdoc/>
    public IStorageFile? Open(string path, bool create)
    {
        if (!_names.TryGetValue(path, out MemoryFile? file))
        {
            if (!create) return null;
            Count("create", path);
            file = new MemoryFile();
            Change(names => names[path] = file);
        }

        return new Handle(this, path, file);
    }

    /// <inheritdoc/>
    public bool Exists(string path) => _names.ContainsKey(path);

    /// <inheritdoc/>
    public void Delete(string path)
    {
        if (!_names.ContainsKey(path)) return;
        Count("delete", path);
        Change(names => names.Remove(path));
    }

    /// <inheritdoc/>
    public void Rename(string oldPath, string newPath)
    {
        Count("rename", oldPath);
        Change(names =>
        {
            if (names.Remove(oldPath, out MemoryFile? file)) names[newPath] = file;
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string directory) =>
        [.. _names.Keys.Where(path => Path.GetDirectoryName(path) == directory).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public void CreateDirectory(string directory)
    {
    }

    /// <inheritdoc/>
    public void FlushDirectory(string directory)
    {
        Count("flush directory", directory);
        _durable = new Dictionary<string, MemoryFile>(_names, StringComparer.Ordinal);
        _pending.Clear();
    }

    /// <inheritdoc/>
    public long FreeSpace(string directory) => Capacity - Used;

    /// <inheritdoc/>
    public IDisposable? TryLock(string path) => _locks.Add(path) ? new Lock(this, path) : null;

    private void Change(Action<Dictionary<string, MemoryFile>> change)
    {
        change(_names);
        _pending.Add(change);
    }

    private bool Fails()
    {
        bool fails = Operations == FailAt || (LosesPower && HasFailed);
        Operations++;
        return fails;
    }

    private void Count(string what, string path)
    {
        Log.Add($"{what} {Path.GetFileName(path)}");
        if (Fails()) throw new IOException($"{what} {path} failed, as it was told to.");
    }

    private sealed class Lock(MemoryFileSystem files, string path) : IDisposable
    {
        public void Dispose() => files._locks.Remove(path);
    }

    private sealed class Handle(MemoryFileSystem files, string path, MemoryFile file) : IStorageFile
    {
        public long Length => file.Length;

        public int Read(long offset, Span<byte> buffer) => file.Read(offset, buffer);

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            if (offset + bytes.Length > file.Length && files.Used + offset + bytes.Length - file.Length > files.Capacity) throw new DiskFullException("The disk is full, as it was told to be.");
            files.Log.Add($"write {Path.GetFileName(path)}");
            if (!files.Fails())
            {
                file.Write(offset, bytes);
                return;
            }

            // A part of it is done, in whole sectors.
            bool isFirst = files.Operations == files.FailAt + 1;
            int sectors = (int)(bytes.Length / 2 / MemoryFile.Sector);
            if (isFirst) file.Write(offset, bytes[..(sectors * MemoryFile.Sector)]);
            throw new IOException($"write {path} failed, as it was told to.");
        }

        public void Flush()
        {
            files.Count("flush", path);
            if (files.FlushesFail) throw new IOException($"flush {path} failed, as it was told to.");
            file.Flush();
        }

        public void SetLength(long length)
        {
            files.Count("set length", path);
            file.SetLength(length);
        }

        public void Dispose()
        {
        }
    }
}
