using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Phala.Codec;
using Phala.Node.Storage.Files;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.Storage.Snapshots;

/// <summary>Reads a snapshot. Any bytes give a state whose root is the one named, or an error.</summary>
internal sealed class SnapshotReader
{
    private readonly IStorageFile _file;
    private readonly List<TrieChange> _main = [];
    private readonly List<(byte[] Name, List<TrieChange> Entries)> _children = [];
    private SnapshotHeader _header;
    private ulong _count;

    private SnapshotReader(IStorageFile file) => _file = file;

    /// <summary>Reads the state.</summary>
    public static SnapshotError Read(IStorageFile file, out SnapshotHeader header, out StateSnapshot? state)
    {
        SnapshotReader reader = new(file);
        state = null;
        SnapshotError error = reader.ReadChunks(keepsEntries: true);
        header = reader._header;
        if (error == SnapshotError.None && !reader.TryBuild(out state)) error = SnapshotError.WrongRoot;
        return error;
    }

    /// <summary>Checks that a file is a whole snapshot, all but the state root.</summary>
    public static SnapshotError Check(IStorageFile file, out SnapshotHeader header)
    {
        SnapshotReader reader = new(file);
        SnapshotError error = reader.ReadChunks(keepsEntries: false);
        header = reader._header;
        return error;
    }

    private SnapshotError ReadChunks(bool keepsEntries)
    {
        long offset = 0;
        SnapshotError error = Chunk.Read(_file, 0, ref offset, out Chunk chunk);
        if (error != SnapshotError.None) return error;
        if (chunk.Kind != ChunkKind.Header || !SnapshotHeader.TryRead(chunk.Data.Span, out _header)) return SnapshotError.BadHeader;
        for (uint index = 1; ; index++)
        {
            error = Chunk.Read(_file, index, ref offset, out chunk);
            if (error == SnapshotError.None && chunk.Kind == ChunkKind.End) return Finish(chunk.Data.Span, offset);
            if (error == SnapshotError.None) error = Take(chunk, keepsEntries);
            if (error != SnapshotError.None) return error;
        }
    }

    private SnapshotError Take(Chunk chunk, bool keepsEntries)
    {
        switch (chunk.Kind)
        {
            case ChunkKind.Entries:
                return TakeEntries(chunk.Data, _children.Count == 0 ? _main : _children[^1].Entries, keepsEntries);
            case ChunkKind.Child when chunk.Data.Length <= ChildTries.MaxNameLength:
                byte[] name = chunk.Data.ToArray();
                if (_children.Count > 0 && _children[^1].Name.AsSpan().SequenceCompareTo(name) >= 0) return SnapshotError.BadOrder;
                _children.Add((name, []));
                return SnapshotError.None;
            default:
                return SnapshotError.BadOrder;
        }
    }

    private SnapshotError TakeEntries(ReadOnlyMemory<byte> data, List<TrieChange> entries, bool keepsEntries)
    {
        ScaleReader reader = new(data.Span);
        while (!reader.Rest.IsEmpty)
        {
            if (!TryTake(ref reader, data, out ReadOnlyMemory<byte> key) || !TryTake(ref reader, data, out ReadOnlyMemory<byte> value)) return SnapshotError.BadEntry;
            if (key.Length > MerkleTrie.MaxKeyLength || (_children.Count == 0 && ChildTries.IsRootKey(key.Span))) return SnapshotError.BadEntry;
            _count++;
            if (keepsEntries) entries.Add(TrieChange.Set(key, value));
        }

        return SnapshotError.None;
    }

    private static bool TryTake(ref ScaleReader reader, ReadOnlyMemory<byte> data, out ReadOnlyMemory<byte> bytes)
    {
        bool read = reader.TryReadByteSequence(out ReadOnlySpan<byte> span);
        bytes = read ? data.Slice(reader.Position - span.Length, span.Length) : default;
        return read;
    }

    private SnapshotError Finish(ReadOnlySpan<byte> data, long offset)
    {
        if (data.Length != sizeof(ulong) || BinaryPrimitives.ReadUInt64LittleEndian(data) != _count) return SnapshotError.WrongCount;
        return offset == _file.Length ? SnapshotError.None : SnapshotError.ExcessBytes;
    }

    private bool TryBuild([NotNullWhen(true)] out StateSnapshot? state)
    {
        StateDelta delta = StateDelta.Create(
            TrieDelta.Create(CollectionsMarshal.AsSpan(_main)),
            _children.Where(child => child.Entries.Count > 0).Select(child => new ChildDelta(child.Name, TrieDelta.Create(CollectionsMarshal.AsSpan(child.Entries)))));
        state = StateSnapshot.Empty(_header.Version).Apply(delta);
        return state.Root == _header.Root;
    }
}
