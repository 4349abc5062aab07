using System.Buffers;
using System.Buffers.Binary;
using Phala.Codec;
using Phala.Node.Storage.Files;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.Storage.Snapshots;

/// <summary>Writes a state to a file, chunk by chunk, so that memory does not follow the size of the state.</summary>
internal sealed class SnapshotWriter(IStorageFile file)
{
    /// <summary>A chunk is closed when it has this much data.</summary>
    private const int ChunkData = 1 << 20;

    private readonly ArrayBufferWriter<byte> _chunk = new(ChunkData + 4096);
    private long _offset;
    private ulong _count;
    private uint _index;

    /// <summary>Writes all of a state and makes it durable.</summary>
    /// <returns>The length of the file.</returns>
    public long Write(SnapshotHeader header, StateSnapshot state)
    {
        Begin();
        ScaleWriter writer = new(_chunk);
        header.Write(ref writer);
        writer.Dispose();
        End(ChunkKind.Header);
        WriteEntries(state.Main, skipsChildRoots: true);
        foreach (byte[] name in state.ChildNames)
        {
            Begin();
            _chunk.Write(name);
            End(ChunkKind.Child);
            WriteEntries(state.Child(name), skipsChildRoots: false);
        }

        Begin();
        BinaryPrimitives.WriteUInt64LittleEndian(_chunk.GetSpan(sizeof(ulong)), _count);
        _chunk.Advance(sizeof(ulong));
        End(ChunkKind.End);
        file.Flush();
        return _offset;
    }

    private void WriteEntries(MerkleTrie trie, bool skipsChildRoots)
    {
        TrieCursor cursor = new(trie);
        Begin();
        while (cursor.MoveNext())
        {
            // Roots of child tries follow from their entries.
            if (skipsChildRoots && ChildTries.IsRootKey(cursor.Key)) continue;
            Write(cursor.Key);
            Write(cursor.Value.Span);
            _count++;
            if (_chunk.WrittenCount < ChunkData) continue;
            End(ChunkKind.Entries);
            Begin();
        }

        End(ChunkKind.Entries);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        int size = ScaleWriter.CompactLength((uint)bytes.Length) + bytes.Length;
        ScaleWriter writer = new(_chunk.GetSpan(size)[..size]);
        writer.WriteByteSequence(bytes);
        _chunk.Advance(size);
    }

    private void Begin()
    {
        _chunk.ResetWrittenCount();
        _chunk.GetSpan(Chunk.DataOffset)[..Chunk.DataOffset].Clear();
        _chunk.Advance(Chunk.DataOffset);
    }

    private void End(ChunkKind kind)
    {
        Span<byte> chunk = System.Runtime.InteropServices.MemoryMarshal.AsMemory(_chunk.WrittenMemory).Span;
        Chunk.Seal(chunk, _index++, kind);
        file.Write(_offset, chunk);
        _offset += chunk.Length;
    }
}
