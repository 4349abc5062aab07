using System.Buffers;
using System.Threading.Channels;

namespace Phala.Node.Network.Yamux;

/// <summary>Many streams over one connection (hashicorp's yamux, version 0): frames with a stream's number, a window for each direction of each stream.</summary>
/// <remarks>
/// <para><b>Concept.</b> <see cref="Receive"/> is the whole protocol and does no I/O: a frame goes in, and streams, and frames that wait to be sent, are what it leaves.
/// <see cref="RunAsync"/> reads frames for it and sends what waits.</para>
/// <para><b>Invariant.</b> Memory is bounded by <see cref="YamuxLimits"/>, whatever the peer sends and however little it takes. Reading never waits for writing.</para>
/// <para><b>Trust.</b> What a stream gives is what the peer sent on it, in order; nothing more.</para>
/// </remarks>
internal sealed class YamuxSession : IDisposable
{
    private readonly Stream _transport;
    private readonly bool _isDialer;
    private readonly YamuxLimits _limits;
    private readonly TimeProvider _time;
    private readonly Dictionary<uint, YamuxStream> _streams = [];
    private readonly Queue<YamuxHeader> _outbox = new();
    private readonly Channel<YamuxStream> _accepted;
    private readonly SemaphoreSlim _turn = new(1), _posted = new(0, 1);
    private readonly byte[] _frame = new byte[YamuxHeader.Length + YamuxLimits.MaxSentData];
    private readonly CancellationTokenSource _ended = new();
    private uint _nextId;
    private int _inbound, _waiting;
    private long _lastReceived;
    private YamuxError _error;

    /// <summary>A session.</summary>
    /// <param name="transport">The connection; remains the caller's.</param>
    /// <param name="isDialer">Whether this side opened the connection: its streams have odd numbers.</param>
    /// <param name="limits">How much the peer may have.</param>
    /// <param name="time">The clock.</param>
    public YamuxSession(Stream transport, bool isDialer, YamuxLimits limits, TimeProvider time)
    {
        (_transport, _isDialer, _limits, _time) = (transport, isDialer, limits, time);
        _nextId = isDialer ? 1u : 2u;
        _lastReceived = time.GetTimestamp();
        _accepted = Channel.CreateBounded<YamuxStream>(limits.MaxInboundStreams);
    }

    /// <summary>Guards the session and its streams; held for moments.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>The streams that the peer has opened, as they come.</summary>
    public ChannelReader<YamuxStream> Accepted => _accepted.Reader;

    /// <summary>How many streams are open.</summary>
    public int Count
    {
        get
        {
            lock (Gate) return _streams.Count;
        }
    }

    /// <summary>Works until the connection ends, the peer does what it must not, or the token is cancelled.</summary>
    /// <returns>Why it ended.</returns>
    public async Task<YamuxError> RunAsync(CancellationToken stop)
    {
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(stop, _ended.Token);
        Task writing = WriteAsync(linked.Token), watching = WatchAsync(linked.Token);
        try
        {
            await ReadAsync(linked.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection, the watch, or the owner has ended it; which of them, Fail has noted.
        }

        Fail(YamuxError.Ended);
        await writing.ConfigureAwait(false);
        await watching.ConfigureAwait(false);
        return _error;
    }

    /// <summary>Opens a stream.</summary>
    public YamuxStream Open()
    {
        lock (Gate)
        {
            YamuxStream stream = new(this, _nextId);
            _nextId += 2;
            if (_error != YamuxError.None)
            {
                stream.Die();
                return stream;
            }

            _streams.Add(stream.Id, stream);
            Post(new YamuxHeader(YamuxFrameType.WindowUpdate, YamuxFlags.Syn, stream.Id, 0));
            return stream;
        }
    }

    /// <summary>Takes a frame.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="payload">The bytes that came with it: as many as the header says.</param>
    /// <returns>What was wrong with it, which ends the session.</returns>
    internal YamuxError Receive(in YamuxHeader header, ReadOnlySpan<byte> payload)
    {
        lock (Gate)
        {
            YamuxError error = header.Type switch
            {
                YamuxFrameType.Ping => ReceivePing(header),
                YamuxFrameType.GoAway => YamuxError.PeerGone,
                _ => ReceiveForStream(header, payload),
            };
            if (error == YamuxError.None && _outbox.Count > _limits.MaxOutbox) error = YamuxError.TooManyAnswers;
            return error;
        }
    }

    /// <summary>The frames that wait to be sent are taken, for who sends them otherwise.</summary>
    internal bool TryTakePosted(out YamuxHeader header)
    {
        lock (Gate) return _outbox.TryDequeue(out header);
    }

    /// <summary>Sends data of a stream.</summary>
    internal async ValueTask SendAsync(uint stream, ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await FlushAsync().ConfigureAwait(false);
            new YamuxHeader(YamuxFrameType.Data, YamuxFlags.None, stream, (uint)data.Length).Write(_frame);
            data.CopyTo(_frame.AsMemory(YamuxHeader.Length));
            await TransmitAsync(YamuxHeader.Length + data.Length).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Puts a frame without data among those that wait; under the gate.</summary>
    internal void Post(in YamuxHeader header)
    {
        _outbox.Enqueue(header);
        if (_posted.CurrentCount == 0) _posted.Release();
    }

    /// <summary>Forgets a stream; under the gate.</summary>
    internal void Remove(YamuxStream stream)
    {
        if (!_streams.Remove(stream.Id)) return;
        if (!IsOurs(stream.Id)) _inbound--;
    }

    /// <summary>Bytes that waited have been read, or nobody will; under the gate.</summary>
    internal void NoteRead(int length) => _waiting -= length;

    /// <summary>Whether a stream's number is one of this side's.</summary>
    internal bool IsOurs(uint id) => (id & 1) == (_isDialer ? 1u : 0);

    /// <summary>Ends the session, if it has not ended.</summary>
    internal void Fail(YamuxError error)
    {
        lock (Gate)
        {
            if (_error != YamuxError.None) return;
            _error = error;
            foreach (YamuxStream stream in _streams.Values) stream.Die();
            _streams.Clear();
        }

        _accepted.Writer.TryComplete();
        _ended.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Fail(YamuxError.Ended);
        _ended.Dispose();
        _turn.Dispose();
        _posted.Dispose();
    }

    private YamuxError ReceivePing(in YamuxHeader header)
    {
        switch (header.Flags)
        {
            case YamuxFlags.Syn:
                Post(header with { Flags = YamuxFlags.Ack });
                return YamuxError.None;
            case YamuxFlags.Ack:
                return YamuxError.None;
            default:
                return YamuxError.BadFlags;
        }
    }

    private YamuxError ReceiveForStream(in YamuxHeader header, ReadOnlySpan<byte> payload)
    {
        if (header.Flags.HasFlag(YamuxFlags.Syn))
        {
            YamuxError refused = ReceiveSyn(header);
            if (refused != YamuxError.None) return refused;
        }

        // What is for a stream that is gone was sent before the peer could know that.
        if (!_streams.TryGetValue(header.Stream, out YamuxStream? stream)) return YamuxError.None;
        if (header.Flags.HasFlag(YamuxFlags.Ack) && stream.Acknowledge() is var acknowledged && acknowledged != YamuxError.None) return acknowledged;
        if (header.Flags.HasFlag(YamuxFlags.Rst))
        {
            Remove(stream);
            stream.Die();
            return YamuxError.None;
        }

        YamuxError error = header.Type == YamuxFrameType.Data ? stream.Receive(payload) : stream.Widen(header.Value);
        if (error != YamuxError.None) return error;
        _waiting += payload.Length;
        if (_waiting > _limits.MaxWaiting) return YamuxError.TooMuchWaiting;
        if (header.Flags.HasFlag(YamuxFlags.Fin)) stream.FinishRemote();
        return YamuxError.None;
    }

    private YamuxError ReceiveSyn(in YamuxHeader header)
    {
        if (header.Flags.HasFlag(YamuxFlags.Ack)) return YamuxError.BadFlags;

        // Peers may begin to speak on streams in another order than that of their numbers.
        if (IsOurs(header.Stream) || _streams.ContainsKey(header.Stream)) return YamuxError.BadStreamNumber;
        if (header.Flags.HasFlag(YamuxFlags.Rst)) return YamuxError.None;
        YamuxStream stream = new(this, header.Stream);
        if (_inbound >= _limits.MaxInboundStreams || !_accepted.Writer.TryWrite(stream))
        {
            Post(new YamuxHeader(YamuxFrameType.WindowUpdate, YamuxFlags.Rst, header.Stream, 0));
            return YamuxError.None;
        }

        _streams.Add(stream.Id, stream);
        _inbound++;

        // The first frame on a stream that the peer opened has to take it: peers end the session otherwise.
        Post(new YamuxHeader(YamuxFrameType.WindowUpdate, YamuxFlags.Ack, stream.Id, 0));
        return YamuxError.None;
    }

    private async Task ReadAsync(CancellationToken stop)
    {
        byte[] bytes = new byte[YamuxHeader.Length];
        while (await _transport.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, stop).ConfigureAwait(false) == bytes.Length)
        {
            YamuxError error = YamuxHeader.TryRead(bytes, out YamuxHeader header);
            if (error == YamuxError.None) error = header.PayloadLength <= YamuxLimits.InitialWindow ? await ReadPayloadAsync(header, stop).ConfigureAwait(false) : YamuxError.WindowExceeded;
            if (error != YamuxError.None)
            {
                Fail(error);
                return;
            }

            Volatile.Write(ref _lastReceived, _time.GetTimestamp());
        }
    }

    private async ValueTask<YamuxError> ReadPayloadAsync(YamuxHeader header, CancellationToken stop)
    {
        int length = (int)header.PayloadLength;
        if (length == 0) return Receive(header, []);
        byte[] payload = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            if (await _transport.ReadAtLeastAsync(payload.AsMemory(0, length), length, throwOnEndOfStream: false, stop).ConfigureAwait(false) < length) return YamuxError.Ended;
            return Receive(header, payload.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(payload);
        }
    }

    /// <summary>Sends the frames without data that nobody else sends.</summary>
    private async Task WriteAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await _posted.WaitAsync(stop).ConfigureAwait(false);
                await _turn.WaitAsync(stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            try
            {
                await FlushAsync().ConfigureAwait(false);
            }
            catch (IOException)
            {
                // Noted by who transmitted; the reader ends the session.
                return;
            }
            finally
            {
                _turn.Release();
            }
        }
    }

    /// <summary>Sends the frames that wait; whoever has the turn does so first, so that frames of a stream keep their order.</summary>
    private async ValueTask FlushAsync()
    {
        while (true)
        {
            int length = 0;
            while (length + YamuxHeader.Length <= _frame.Length && TryTakePosted(out YamuxHeader header))
            {
                header.Write(_frame.AsSpan(length));
                length += YamuxHeader.Length;
            }

            if (length == 0) return;
            await TransmitAsync(length).ConfigureAwait(false);
        }
    }

    private async ValueTask TransmitAsync(int length)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
        patience.CancelAfter(_limits.Patience);
        try
        {
            await _transport.WriteAsync(_frame.AsMemory(0, length), patience.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // A frame that was begun can't be taken back: the connection is of no use any more.
            Fail(exception is OperationCanceledException ? YamuxError.TooSlow : YamuxError.Ended);
            throw new IOException("The connection has ended.", exception);
        }
    }

    private async Task WatchAsync(CancellationToken stop)
    {
        using PeriodicTimer timer = new(_limits.PingInterval, _time);
        uint number = 0;
        try
        {
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
            {
                if (_time.GetElapsedTime(Volatile.Read(ref _lastReceived)) >= _limits.Patience)
                {
                    Fail(YamuxError.TooSlow);
                    return;
                }

                lock (Gate) Post(new YamuxHeader(YamuxFrameType.Ping, YamuxFlags.Syn, 0, number++));
            }
        }
        catch (OperationCanceledException)
        {
            // The session has ended.
        }
    }
}
