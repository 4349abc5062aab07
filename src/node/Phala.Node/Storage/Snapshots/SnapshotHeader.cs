using Phala.Codec;
using Phala.Trie;

namespace Phala.Node.Storage.Snapshots;

/// <summary>Which state a snapshot holds.</summary>
/// <param name="Number">The number of the finalized block whose state it is.</param>
/// <param name="Hash">That block's hash.</param>
/// <param name="Root">The state root.</param>
/// <param name="Version">How the state commits to values.</param>
internal readonly record struct SnapshotHeader(uint Number, Hash256 Hash, Hash256 Root, StateVersion Version)
{
    private static ReadOnlySpan<byte> Magic => "PHALASN1"u8;

    /// <summary>Writes magic ‖ number ‖ hash ‖ root ‖ version.</summary>
    public void Write(ref ScaleWriter writer)
    {
        writer.WriteSpan(Magic);
        writer.WriteUInt32(Number);
        writer.WriteSpan(Hash.AsSpan());
        writer.WriteSpan(Root.AsSpan());
        writer.WriteByte((byte)Version);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out SnapshotHeader header)
    {
        header = default;
        ScaleReader reader = new(bytes);
        if (!reader.TryReadSpan(Magic.Length, out ReadOnlySpan<byte> magic) || !magic.SequenceEqual(Magic)) return false;
        if (!reader.TryReadUInt32(out uint number) || !reader.TryReadSpan(Hash256.Size, out ReadOnlySpan<byte> hash)) return false;
        if (!reader.TryReadSpan(Hash256.Size, out ReadOnlySpan<byte> root) || !reader.TryReadByte(out byte version)) return false;
        if (version > (byte)StateVersion.V1 || !reader.TryFinish()) return false;
        header = new SnapshotHeader(number, new Hash256(hash), new Hash256(root), (StateVersion)version);
        return true;
    }
}
