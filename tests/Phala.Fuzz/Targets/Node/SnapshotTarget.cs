using System.Buffers.Binary;
using Phala.Crypto.Hashing;
using Phala.Node.Storage.Snapshots;
using Phala.Testing;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Fuzz.Targets.Node;

/// <summary>Bytes as a snapshot. Checksums are made right first, as far as chunks can be told: what a checksum stops is not worth a run.</summary>
public sealed class SnapshotTarget : FuzzTarget
{
    private const int ChecksumOffset = sizeof(uint), BodyOffset = ChecksumOffset + sizeof(ulong);

    /// <inheritdoc/>
    public override string Name => "storage-snapshot";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } = [Make(0, 0), Make(1, 0), Make(3, 1), Make(5, 2)];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<SnapshotError>().Where(name => name != nameof(SnapshotError.None))];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => (256 << 10) + (512 * (long)inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        Seal(input);
        SnapshotError error = SnapshotReader.Read(new BytesFile(input), out SnapshotHeader header, out StateSnapshot? state);
        if (error != SnapshotError.None) return new FuzzOutcome(input.Length > BodyOffset, error.ToString());
        if (state!.Root != header.Root) throw new InvalidOperationException("The state is another one than the header's.");
        return new FuzzOutcome(true, null);
    }

    private static void Seal(Span<byte> file)
    {
        while (file.Length > BodyOffset)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(file);
            if (length > file.Length - BodyOffset) return;
            Twox.Hash64(file.Slice(BodyOffset, (int)length), file.Slice(ChecksumOffset, sizeof(ulong)));
            file = file[(BodyOffset + (int)length)..];
        }
    }

    private static byte[] Make(int entries, int children)
    {
        StateOverlay overlay = new(StateSnapshot.Empty(StateVersion.V1));
        for (int index = 0; index < entries; index++) overlay.Main.Set([(byte)(index * 37), 1], new byte[index * 20]);
        for (int child = 0; child < children; child++) overlay.Child([(byte)child]).Set([9, (byte)child], [1, 2, 3]);
        StateSnapshot state = overlay.ToSnapshot();
        BytesFile file = new([]);
        new SnapshotWriter(file).Write(new SnapshotHeader(7, default, state.Root, StateVersion.V1), state);
        return file.ToArray();
    }
}
