using Phala.Node.Network.Yamux;
using Xunit;

namespace Phala.Tests.Node.Network.Yamux;

/// <summary>Many streams over one connection: against a plain model, against each other, and against a peer that keeps to nothing.</summary>
public sealed class YamuxTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static readonly YamuxLimits Small = new() { MaxInboundStreams = 2, MaxWaiting = 400_000, MaxOutbox = 1000 };

    [Fact]
    public void AnySequenceOfFramesDoesWhatThePlainModelSays()
    {
        SortedDictionary<YamuxError, int> ends = [];
        int resets = 0, refusals = 0;
        for (int seed = 0; seed < 5000; seed++)
        {
            Random random = new(seed);
            (Duplex transport, _) = Duplex.Create();
            using YamuxSession session = new(transport, isDialer: false, Small, TimeProvider.System);
            NaiveYamux model = new(Small);
            Dictionary<uint, YamuxStream> streams = [];
            YamuxError error = YamuxError.None;
            for (int step = 0; step < 25 && error == YamuxError.None; step++)
            {
                if (random.Next(12) == 0)
                {
                    YamuxStream own = session.Open();
                    streams[own.Id] = own;
                    model.OpenOwn(own.Id);
                }

                YamuxHeader frame = NextFrame(random);
                error = session.Receive(frame, new byte[frame.PayloadLength]);
                Assert.Equal(model.Receive(frame), error);
                while (session.Accepted.TryRead(out YamuxStream? stream)) streams[stream.Id] = stream;
                resets += frame.Flags.HasFlag(YamuxFlags.Rst) ? 1 : 0;
                if (error != YamuxError.None) break;
                Assert.Equal(model.Open.Count(), session.Count);
                Assert.All(model.Open, id => Assert.Equal(model.Waiting(id), streams[id].Waiting));
            }

            List<YamuxHeader> posted = [];
            while (session.TryTakePosted(out YamuxHeader header)) posted.Add(header);
            Assert.Equal(model.Answers, posted);
            refusals += posted.Count(header => header.Flags == YamuxFlags.Rst);
            ends[error] = ends.GetValueOrDefault(error) + 1;
        }

        YamuxError[] met = [YamuxError.None, YamuxError.PeerGone, YamuxError.BadFlags, YamuxError.BadStreamNumber, YamuxError.UnexpectedAck, YamuxError.WindowExceeded, YamuxError.DataAfterFin, YamuxError.WindowOverflow, YamuxError.TooMuchWaiting];
        Assert.All(met, end => Assert.True(ends.GetValueOrDefault(end) >= 5, $"{end} came {ends.GetValueOrDefault(end)} times"));
        Assert.True(resets > 100 && refusals > 20, $"{resets} resets, {refusals} refusals");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task WhatIsWrittenOnOneSideIsReadOnTheOther(int seed)
    {
        await using Pair pair = new();
        Random random = new(seed);
        List<Task> transfers = [];
        for (int index = 0; index < 12; index++)
        {
            (YamuxSession from, YamuxSession to) = random.Next(2) == 0 ? (pair.Dialer, pair.Listener) : (pair.Listener, pair.Dialer);
            YamuxStream sending = from.Open(), receiving = await to.Accepted.ReadAsync(Stop);
            Assert.Equal(sending.Id, receiving.Id);

            // Longer than a window, so that room has to be given back.
            byte[] there = new byte[random.Next(900_000)], back = new byte[random.Next(400_000)];
            random.NextBytes(there);
            random.NextBytes(back);
            transfers.AddRange([SendAsync(sending, there, random.Next(1, 50_000)), ExpectAsync(receiving, there), SendAsync(receiving, back, random.Next(1, 50_000)), ExpectAsync(sending, back)]);
        }

        await Task.WhenAll(transfers).WaitAsync(TimeSpan.FromMinutes(1), Stop);
        Assert.Equal((0, 0), (pair.Dialer.Count, pair.Listener.Count));
    }

    [Fact]
    public async Task AWriterWaitsForRoomAndAResetEndsTheWait()
    {
        await using Pair pair = new();
        YamuxStream sending = pair.Dialer.Open(), receiving = await pair.Listener.Accepted.ReadAsync(Stop);
        Task writing = sending.WriteAsync(new byte[YamuxLimits.InitialWindow + 1], Stop).AsTask();
        byte[] all = new byte[YamuxLimits.InitialWindow];
        while (receiving.Waiting < YamuxLimits.InitialWindow) await Task.Yield();
        Assert.False(writing.IsCompleted);
        await receiving.ReadExactlyAsync(all, Stop);
        await writing.WaitAsync(TimeSpan.FromMinutes(1), Stop);
        Task<int> reading = sending.ReadAsync(new byte[1], Stop).AsTask();
        receiving.Reset();
        await Assert.ThrowsAsync<IOException>(() => reading.WaitAsync(TimeSpan.FromMinutes(1), Stop));
        await Assert.ThrowsAsync<IOException>(async () => await sending.WriteAsync(new byte[1], Stop));
    }

    [Fact]
    public async Task APeerThatIgnoresTheRulesEndsTheSession()
    {
        await EndsAsync(YamuxError.BadVersion, [1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0]);
        await EndsAsync(YamuxError.BadType, [0, 4, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0]);
        await EndsAsync(YamuxError.BadFlags, [0, 0, 0, 16, 0, 0, 0, 1, 0, 0, 0, 0]);
        await EndsAsync(YamuxError.BadStream, [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
        await EndsAsync(YamuxError.BadStream, [0, 2, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0]);
        await EndsAsync(YamuxError.WindowExceeded, [0, 0, 0, 1, 0, 0, 0, 1, 0, 4, 0, 1]);
        await EndsAsync(YamuxError.PeerGone, [0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        await EndsAsync(YamuxError.Ended, [0, 0, 0, 1]);
        await EndsAsync(YamuxError.Ended, [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 9, 1, 2]);
    }

    [Fact]
    public void QuestionsThatNobodyTakesTheAnswersOfEndTheSession()
    {
        (Duplex transport, _) = Duplex.Create();
        using YamuxSession session = new(transport, isDialer: false, new YamuxLimits { MaxOutbox = 5 }, TimeProvider.System);
        YamuxHeader ping = new(YamuxFrameType.Ping, YamuxFlags.Syn, 0, 7);
        for (int count = 0; count < 5; count++) Assert.Equal(YamuxError.None, session.Receive(ping, []));
        Assert.Equal(YamuxError.TooManyAnswers, session.Receive(ping, []));
    }

    [Fact]
    public async Task APeerThatSaysNothingIsAskedAndThenLeft()
    {
        (Duplex transport, Duplex peer) = Duplex.Create();
        Rpc.ManualTime time = new();
        using YamuxSession session = new(transport, isDialer: false, new YamuxLimits(), time);
        Task<YamuxError> running = session.RunAsync(Stop);
        time.Advance(TimeSpan.FromSeconds(15));
        byte[] ping = new byte[YamuxHeader.Length];
        await peer.ReadExactlyAsync(ping, Stop);
        Assert.Equal(new byte[] { 0, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0 }, ping);
        Assert.False(running.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(YamuxError.TooSlow, await running.WaitAsync(TimeSpan.FromMinutes(1), Stop));
    }

    private static YamuxHeader NextFrame(Random random)
    {
        int kind = random.Next(100);
        if (kind == 0) return new YamuxHeader(YamuxFrameType.GoAway, YamuxFlags.None, 0, 0);
        if (kind < 6) return new YamuxHeader(YamuxFrameType.Ping, kind == 1 && random.Next(4) == 0 ? YamuxFlags.Fin : random.Next(2) == 0 ? YamuxFlags.Syn : YamuxFlags.Ack, 0, (uint)random.Next());
        bool isData = random.Next(2) == 0;
        YamuxFlags flags = random.Next(10) switch { < 3 => YamuxFlags.Syn, 3 => YamuxFlags.Fin, 4 => YamuxFlags.Rst, 5 when random.Next(4) == 0 => YamuxFlags.Ack, 6 when random.Next(12) == 0 => YamuxFlags.Syn | YamuxFlags.Ack, _ => YamuxFlags.None };
        uint value = isData ? (uint)random.Next(random.Next(3) == 0 ? 260_000 : 2000) : random.Next(20) == 0 ? uint.MaxValue : (uint)random.Next(100_000);
        return new YamuxHeader(isData ? YamuxFrameType.Data : YamuxFrameType.WindowUpdate, flags, (uint)random.Next(1, 14), value);
    }

    private static async Task SendAsync(YamuxStream stream, byte[] bytes, int piece)
    {
        for (int at = 0; at < bytes.Length; at += piece) await stream.WriteAsync(bytes.AsMemory(at, Math.Min(piece, bytes.Length - at)));
        stream.Finish();
    }

    private static async Task ExpectAsync(YamuxStream stream, byte[] bytes)
    {
        using MemoryStream read = new();
        await stream.CopyToAsync(read);
        Assert.Equal(bytes, read.ToArray());
    }

    private static async Task EndsAsync(YamuxError error, byte[] frame)
    {
        (Duplex transport, Duplex peer) = Duplex.Create();
        using YamuxSession session = new(transport, isDialer: false, new YamuxLimits(), TimeProvider.System);
        await peer.WriteAsync(frame);
        peer.Dispose();
        Assert.Equal(error, await session.RunAsync(default).WaitAsync(TimeSpan.FromMinutes(1)));
    }

    /// <summary>Both ends of a session.</summary>
    private sealed class Pair : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _running;

        public Pair()
        {
            (Duplex one, Duplex other) = Duplex.Create();
            (Dialer, Listener) = (new YamuxSession(one, true, new YamuxLimits { MaxWaiting = 8 << 20 }, TimeProvider.System), new YamuxSession(other, false, new YamuxLimits { MaxWaiting = 8 << 20 }, TimeProvider.System));
            _running = Task.WhenAll(Dialer.RunAsync(_stop.Token), Listener.RunAsync(_stop.Token));
        }

        public YamuxSession Dialer { get; }

        public YamuxSession Listener { get; }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running;
            Dialer.Dispose();
            Listener.Dispose();
            _stop.Dispose();
        }
    }
}
