using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Phala.Node.Storage.Files;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.Storage.Snapshots;

/// <summary>The snapshots in a directory, one file each. Safe to use from several threads.</summary>
/// <remarks><b>Invariant.</b> A file under a snapshot's name was written, flushed and read again before it got the name.</remarks>
internal sealed class SnapshotStore
{
    private const string Prefix = "state-", Suffix = ".snapshot", Unfinished = ".unfinished";

    private readonly Lock _gate = new();
    private readonly IFileSystem _files;
    private readonly string _directory;
    private readonly List<SnapshotInfo> _snapshots = [];

    /// <summary>Looks at what is there, and removes what was not finished.</summary>
    public SnapshotStore(IFileSystem files, string directory)
    {
        _files = files;
        _directory = directory;
        foreach (string name in files.List(directory))
        {
            if (name.EndsWith(Unfinished, StringComparison.Ordinal)) files.Delete(PathOf(name));
            else if (TryParse(name, out SnapshotInfo? snapshot)) _snapshots.Add(snapshot);
        }
    }

    /// <summary>All snapshots, newest first.</summary>
    public IReadOnlyList<SnapshotInfo> All
    {
        get
        {
            lock (_gate) return [.. _snapshots.OrderByDescending(snapshot => snapshot.Number)];
        }
    }

    /// <summary>The snapshot of a block's state.</summary>
    public SnapshotInfo? Find(Hash256 hash)
    {
        lock (_gate) return _snapshots.Find(snapshot => snapshot.Hash == hash);
    }

    /// <summary>Reads a snapshot. One that cannot be read is not tried again.</summary>
    public SnapshotError Read(SnapshotInfo snapshot, out StateSnapshot? state)
    {
        state = null;
        using IStorageFile? file = _files.Open(PathOf(snapshot.Name), create: false);
        SnapshotHeader header = default;
        SnapshotError error = file is null ? SnapshotError.Truncated : SnapshotReader.Read(file, out header, out state);
        if (error == SnapshotError.None && header.Hash != snapshot.Hash) error = SnapshotError.BadHeader;
        if (error == SnapshotError.None) return error;
        state = null;
        Forget(snapshot);
        return error;
    }

    /// <summary>Checks the chunks of a snapshot.</summary>
    public SnapshotError Check(SnapshotInfo snapshot)
    {
        using IStorageFile? file = _files.Open(PathOf(snapshot.Name), create: false);
        return file is null ? SnapshotError.Truncated : SnapshotReader.Check(file, out _);
    }

    /// <summary>Writes a snapshot, reads it again, and only then gives it its name.</summary>
    public void Write(SnapshotHeader header, StateSnapshot state)
    {
        _files.CreateDirectory(_directory);
        string name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{header.Number:d10}-{Convert.ToHexStringLower(header.Hash.AsSpan())}{Suffix}");
        string unfinished = PathOf(name + Unfinished);
        _files.Delete(unfinished);
        long length;
        using (IStorageFile file = _files.Open(unfinished, create: true)!)
        {
            length = new SnapshotWriter(file).Write(header, state);
            SnapshotError error = SnapshotReader.Check(file, out _);
            if (error != SnapshotError.None) throw new IOException($"{unfinished} does not read as it was written: {error}.");
        }

        CrashPoint.Hit("storage.snapshot.written");
        _files.Rename(unfinished, PathOf(name));
        _files.FlushDirectory(_directory);
        CrashPoint.Hit("storage.snapshot.renamed");
        lock (_gate) _snapshots.Add(new SnapshotInfo(header.Number, header.Hash, name, length));
    }

    /// <summary>Removes a snapshot.</summary>
    public void Delete(SnapshotInfo snapshot)
    {
        Forget(snapshot);
        _files.Delete(PathOf(snapshot.Name));
        CrashPoint.Hit("storage.snapshot.deleted");
    }

    /// <summary>Uses a snapshot no more; the file stays.</summary>
    public void Forget(SnapshotInfo snapshot)
    {
        lock (_gate) _snapshots.Remove(snapshot);
    }

    private string PathOf(string name) => Path.Combine(_directory, name);

    private bool TryParse(string name, [NotNullWhen(true)] out SnapshotInfo? snapshot)
    {
        const int HexLength = Hash256.Size * 2, NumberLength = 10;
        snapshot = null;
        if (name.Length != Prefix.Length + NumberLength + 1 + HexLength + Suffix.Length) return false;
        if (!name.StartsWith(Prefix, StringComparison.Ordinal) || !name.EndsWith(Suffix, StringComparison.Ordinal)) return false;
        if (!uint.TryParse(name.AsSpan(Prefix.Length, NumberLength), NumberStyles.None, CultureInfo.InvariantCulture, out uint number)) return false;
        byte[] hash = new byte[Hash256.Size];
        if (Convert.FromHexString(name.AsSpan(Prefix.Length + NumberLength + 1, HexLength), hash, out _, out _) != System.Buffers.OperationStatus.Done) return false;
        using IStorageFile? file = _files.Open(PathOf(name), create: false);
        snapshot = new SnapshotInfo(number, new Hash256(hash), name, file?.Length ?? 0);
        return true;
    }
}
