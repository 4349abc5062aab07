using Phala.Node.Network.Yamux;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Network;

/// <summary>Bytes as the headers of frames, whose data is made up. Whatever comes, what waits stays within its limits.</summary>
public sealed class YamuxTarget : FuzzTarget
{
    private static readonly YamuxLimits Limits = new() { MaxInboundStreams = 8, MaxWaiting = 400_000, MaxOutbox = 8 };
    private static readonly byte[] Data = new byte[YamuxLimits.InitialWindow];

    /// <inheritdoc/>
    public override string Name => "yamux";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } = 
    [
        [.. Frame(1, 1, 1, 0), .. Frame(0, 0, 1, 200_000), .. Frame(1, 4, 1, 9), .. Frame(2, 1, 0, 7), .. Frame(0, 0, 3, 9)],
        [.. Frame(0, 1, 3, 100), .. Frame(0, 4, 3, 100), .. Frame(0, 0, 3, 1), .. Frame(0, 8, 3, 0)],
        [.. Frame(0, 1, 5, 150_000), .. Frame(0, 1, 7, 150_000), .. Frame(0, 1, 9, 150_000)],
        [.. Enumerable.Repeat(Frame(2, 1, 0, 7), 9).SelectMany(frame => frame)],
        [.. Frame(1, 1, 1, 0xFFFF_0000), .. Frame(1, 0, 1, 0xFFFF_0000)],
        [.. Frame(1, 1, 1, 0), .. Frame(1, 2, 1, 0)],
        [.. Frame(1, 1, 1, 0), .. Frame(3, 0, 0, 1)],
    ];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = 
        [.. Enum.GetNames<YamuxError>().Except([nameof(YamuxError.None), nameof(YamuxError.Ended), nameof(YamuxError.TooSlow)])];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => 65_536 + (inputLength * 32_768L);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        using YamuxSession session = new(Stream.Null, isDialer: false, Limits, TimeProvider.System);
        List<YamuxStream> streams = [];
        bool passed = false;
        for (int at = 0; at + YamuxHeader.Length <= input.Length; at += YamuxHeader.Length)
        {
            YamuxError error = YamuxHeader.TryRead(input.AsSpan(at), out YamuxHeader header);
            passed |= error == YamuxError.None;
            if (error == YamuxError.None) error = header.PayloadLength > YamuxLimits.InitialWindow ? YamuxError.WindowExceeded : session.Receive(header, Data.AsSpan(0, (int)header.PayloadLength));
            if (error != YamuxError.None) return new FuzzOutcome(passed, error.ToString());
            while (session.Accepted.TryRead(out YamuxStream? stream)) streams.Add(stream);
            if (streams.Sum(stream => stream.Waiting) > Limits.MaxWaiting) throw new InvalidOperationException("More waits than may.");
        }

        return new FuzzOutcome(passed, null);
    }

    private static byte[] Frame(byte type, ushort flags, uint stream, uint value)
    {
        byte[] bytes = new byte[YamuxHeader.Length];
        new YamuxHeader((YamuxFrameType)type, (YamuxFlags)flags, stream, value).Write(bytes);
        return bytes;
    }
}
