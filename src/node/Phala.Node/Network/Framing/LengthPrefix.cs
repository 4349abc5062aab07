namespace Phala.Node.Network.Framing;

/// <summary>Frames of a length and that many bytes. Reads nothing beyond a frame, and holds no more memory than bytes have come, or 64 KiB.</summary>
internal static class LengthPrefix
{
    private const int FirstBuffer = 64 << 10;

    /// <summary>The most bytes of a length: enough for 4 GiB.</summary>
    private const int MaxLengthBytes = 5;

    /// <summary>Reads a frame.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="maxLength">The longest that is allowed.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async ValueTask<(FrameStatus Status, byte[] Frame)> ReadAsync(Stream stream, int maxLength, CancellationToken cancellation)
    {
        byte[] prefix = new byte[MaxLengthBytes];
        ulong length = 0;
        for (int count = 0; ;)
        {
            if (count == MaxLengthBytes) return (FrameStatus.TooLong, []);
            if (await stream.ReadAsync(prefix.AsMemory(count, 1), cancellation).ConfigureAwait(false) == 0) return (count == 0 ? FrameStatus.Ended : FrameStatus.Truncated, []);
            if (Varint.TryRead(prefix.AsSpan(0, ++count), out length, out _)) break;
        }

        return length > (ulong)maxLength ? (FrameStatus.TooLong, []) : await ReadBodyAsync(stream, (int)length, cancellation).ConfigureAwait(false);
    }

    /// <summary>Writes a frame in one piece.</summary>
    public static ValueTask WriteAsync(Stream stream, ReadOnlySpan<byte> frame, CancellationToken cancellation) => stream.WriteAsync(Encode(frame), cancellation);

    /// <summary>A frame's bytes.</summary>
    public static byte[] Encode(ReadOnlySpan<byte> frame)
    {
        Span<byte> prefix = stackalloc byte[Varint.MaxLength];
        int length = Varint.Write((ulong)frame.Length, prefix);
        return [.. prefix[..length], .. frame];
    }

    private static async ValueTask<(FrameStatus Status, byte[] Frame)> ReadBodyAsync(Stream stream, int length, CancellationToken cancellation)
    {
        byte[] frame = new byte[Math.Min(length, FirstBuffer)];
        for (int count = 0; count < length;)
        {
            if (count == frame.Length) Array.Resize(ref frame, (int)Math.Min(length, (long)frame.Length * 2));
            int read = await stream.ReadAsync(frame.AsMemory(count), cancellation).ConfigureAwait(false);
            if (read == 0) return (FrameStatus.Truncated, []);
            count += read;
        }

        return (FrameStatus.Read, frame);
    }
}
