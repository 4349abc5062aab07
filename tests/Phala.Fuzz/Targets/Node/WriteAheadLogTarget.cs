using System.Buffers.Binary;
using Phala.Node.Storage.Sqlite;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Node;

/// <summary>Bytes as a write-ahead log, in which the check looks for damage before SQLite reads it. The input is the header and the frames' headers; pages are filled in.</summary>
public sealed class WriteAheadLogTarget : FuzzTarget
{
    private const string Damaged = "Damaged";
    private const int HeaderSize = 32, FrameHeaderSize = 24;

    /// <inheritdoc/>
    public override string Name => "storage-log";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } = [Make(0, 0), Make(2, 1), Make(6, 6), Make(9, 3), new byte[HeaderSize]];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [Damaged];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => (32 << 10) + ((long)inputLength * 512);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        int frames = Math.Max(0, input.Length - HeaderSize) / FrameHeaderSize;
        byte[] log = new byte[input.Length + (frames * Page.Size)];
        input.AsSpan(0, Math.Min(input.Length, HeaderSize)).CopyTo(log);
        for (int index = 0; index < frames; index++)
        {
            input.AsSpan(HeaderSize + (index * FrameHeaderSize), FrameHeaderSize).CopyTo(log.AsSpan(HeaderSize + (index * (FrameHeaderSize + Page.Size))));
        }

        bool isWhole = WriteAheadLog.IsWhole(new BytesFile(log), "log");
        return new FuzzOutcome(input.Length >= HeaderSize, isWhole ? null : Damaged);
    }

    /// <summary>A log of frames in the order of commits, each with its checksum, over pages of zeros.</summary>
    private static byte[] Make(int frames, int commits)
    {
        byte[] log = new byte[HeaderSize + (frames * FrameHeaderSize)];
        BinaryPrimitives.WriteUInt32BigEndian(log, 0x377F0682);
        BinaryPrimitives.WriteUInt32BigEndian(log.AsSpan(4), 3007000);
        BinaryPrimitives.WriteUInt32BigEndian(log.AsSpan(8), Page.Size);
        (uint first, uint second) = Sum(log.AsSpan(0, 24), 0, 0);
        Store(log.AsSpan(24), first, second);
        for (int index = 0; index < frames; index++)
        {
            Span<byte> frame = log.AsSpan(HeaderSize + (index * FrameHeaderSize), FrameHeaderSize);
            BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)index + 1);
            if (index >= frames - commits) BinaryPrimitives.WriteUInt32BigEndian(frame[4..], 9);
            (first, second) = Sum(frame[..8], first, second);
            (first, second) = Sum(new byte[Page.Size], first, second);
            Store(frame[16..], first, second);
        }

        return log;
    }

    private static (uint First, uint Second) Sum(ReadOnlySpan<byte> bytes, uint first, uint second)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            first += BinaryPrimitives.ReadUInt32LittleEndian(bytes) + second;
            second += BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) + first;
        }

        return (first, second);
    }

    private static void Store(Span<byte> to, uint first, uint second)
    {
        BinaryPrimitives.WriteUInt32BigEndian(to, first);
        BinaryPrimitives.WriteUInt32BigEndian(to[4..], second);
    }
}
