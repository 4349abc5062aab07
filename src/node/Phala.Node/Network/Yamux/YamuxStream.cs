using Phala.Node.Network.Transport;

namespace Phala.Node.Network.Yamux;

/// <summary>One of the streams of a session. What the peer sends waits here, at most a window of it; what is written waits until the peer's window has room.</summary>
internal sealed class YamuxStream : DuplexStream
{
    private readonly YamuxSession _session;
    private readonly Queue<byte[]> _received = new();
    private TaskCompletionSource? _readable, _writable;
    private int _readOffset, _consumed;
    private long _receiveWindow = YamuxLimits.InitialWindow, _sendWindow = YamuxLimits.InitialWindow;
    private bool _isRemoteFinished, _isLocalFinished, _isDead;

    internal YamuxStream(YamuxSession session, uint id)
    {
        (_session, Id) = (session, id);
    }

    /// <summary>Its number.</summary>
    public uint Id { get; }

    /// <summary>Bytes that came and that nobody has read.</summary>
    internal int Waiting { get; private set; }

    /// <summary>Whether the peer has taken it, where this side opened it.</summary>
    internal bool IsAcknowledged { get; private set; }

    /// <summary>Whether neither side sends any more.</summary>
    internal bool IsFinished => _isRemoteFinished && _isLocalFinished;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task readable;
            lock (_session.Gate)
            {
                if (Waiting > 0) return Take(buffer.Span);
                if (_isRemoteFinished) return 0;
                ThrowIfDead();
                readable = (_readable ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await readable.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            int length = 0;
            Task? writable = null;
            lock (_session.Gate)
            {
                ThrowIfDead();
                if (_isLocalFinished) throw new InvalidOperationException("The stream has been finished.");
                length = (int)Math.Min(Math.Min(buffer.Length, YamuxLimits.MaxSentData), _sendWindow);
                if (length == 0) writable = (_writable ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
                else _sendWindow -= length;
            }

            if (writable is not null)
            {
                await writable.WaitAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            await _session.SendAsync(Id, buffer[..length], cancellationToken).ConfigureAwait(false);
            buffer = buffer[length..];
        }
    }

    /// <summary>Says that this side sends no more.</summary>
    public void Finish()
    {
        lock (_session.Gate)
        {
            if (_isDead || _isLocalFinished) return;
            _isLocalFinished = true;
            _session.Post(new YamuxHeader(YamuxFrameType.WindowUpdate, YamuxFlags.Fin, Id, 0));
            if (IsFinished) _session.Remove(this);
        }
    }

    /// <summary>Ends it at once.</summary>
    public void Reset()
    {
        lock (_session.Gate)
        {
            if (_isDead) return;
            if (!IsFinished) _session.Post(new YamuxHeader(YamuxFrameType.WindowUpdate, YamuxFlags.Rst, Id, 0));
            _session.Remove(this);
            Die();
        }
    }

    /// <summary>What is not finished is ended.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing) Reset();
        base.Dispose(disposing);
    }

    /// <summary>The peer has sent bytes; under the session's gate.</summary>
    internal YamuxError Receive(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty) return YamuxError.None;
        if (_isRemoteFinished) return YamuxError.DataAfterFin;
        if (data.Length > _receiveWindow) return YamuxError.WindowExceeded;
        _receiveWindow -= data.Length;
        _received.Enqueue(data.ToArray());
        Waiting += data.Length;
        Signal(ref _readable);
        return YamuxError.None;
    }

    /// <summary>The peer gives room; under the session's gate.</summary>
    internal YamuxError Widen(uint length)
    {
        _sendWindow += length;
        if (_sendWindow > uint.MaxValue) return YamuxError.WindowOverflow;
        if (length > 0) Signal(ref _writable);
        return YamuxError.None;
    }

    /// <summary>The peer has taken it; under the session's gate.</summary>
    internal YamuxError Acknowledge()
    {
        if (IsAcknowledged || !_session.IsOurs(Id)) return YamuxError.UnexpectedAck;
        IsAcknowledged = true;
        return YamuxError.None;
    }

    /// <summary>The peer sends no more; under the session's gate.</summary>
    internal void FinishRemote()
    {
        _isRemoteFinished = true;
        Signal(ref _readable);
        if (IsFinished) _session.Remove(this);
    }

    /// <summary>It is over; under the session's gate.</summary>
    internal void Die()
    {
        _isDead = true;
        _session.NoteRead(Waiting);
        _received.Clear();
        (Waiting, _readOffset) = (0, 0);
        Signal(ref _readable);
        Signal(ref _writable);
    }

    private static void Signal(ref TaskCompletionSource? waiting)
    {
        waiting?.TrySetResult();
        waiting = null;
    }

    private void ThrowIfDead()
    {
        if (_isDead) throw new IOException("The stream was reset.");
    }

    private int Take(Span<byte> buffer)
    {
        int taken = 0;
        while (taken < buffer.Length && _received.TryPeek(out byte[]? first))
        {
            int length = Math.Min(buffer.Length - taken, first.Length - _readOffset);
            first.AsSpan(_readOffset, length).CopyTo(buffer[taken..]);
            (taken, _readOffset) = (taken + length, _readOffset + length);
            if (_readOffset < first.Length) continue;
            _received.Dequeue();
            _readOffset = 0;
        }

        Waiting -= taken;
        _session.NoteRead(taken);
        _consumed += taken;

        // Room is given back in large pieces; nobody who has finished needs any.
        if (_consumed >= YamuxLimits.InitialWindow / 2 && !_isRemoteFinished && !_isDead)
        {
            _session.Post(new YamuxHeader(YamuxFrameType.WindowUpdate, YamuxFlags.None, Id, (uint)_consumed));
            _receiveWindow += _consumed;
            _consumed = 0;
        }

        return taken;
    }
}
