using System.Runtime.CompilerServices;
using Phala.Node.Rpc.Messages;

namespace Phala.Node.Rpc.Transport;

/// <summary>
/// The stream under a WebSocket: reads ahead, and gathers what is written until it is told to send, so that many small frames cost one write to the connection.
/// Frames that the WebSocket writes by itself (pings, pongs, the close) go out at once, unless a row of messages is being gathered, with which they go.
/// </summary>
internal sealed class CoalescingStream(Stream inner, Action abort) : Stream
{
    private const int ReadAhead = 16 * 1024, SendAt = 32 * 1024;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly Lock _lock = new();
    private readonly byte[] _read = new byte[ReadAhead];
    private int _readStart, _readEnd;
    private ReplyBuffer _gathered = new(), _spare = new();
    private volatile bool _isGathering;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>
    /// The connection is over, and both sides know. Otherwise a WebSocket that lets go of its stream has given up (as when no ping is answered): the connection is
    /// broken then, for a read that is pending on it would wait for ever.
    /// </summary>
    public bool IsOver { get; set; }

    /// <summary>From now on writes are gathered, until <see cref="SendAsync"/>.</summary>
    public void Gather() => _isGathering = true;

    /// <summary>Sends what was gathered.</summary>
    public ValueTask SendAsync()
    {
        _isGathering = false;
        return SendGatheredAsync(default);
    }

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_readStart < _readEnd || buffer.IsEmpty) return new ValueTask<int>(Take(buffer.Span));
        return buffer.Length >= ReadAhead ? inner.ReadAsync(buffer, cancellationToken) : FillAsync(buffer, cancellationToken);
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length >= SendAt) return SendGatheredAsync(buffer);
        int length;
        lock (_lock)
        {
            _gathered.Append(buffer.Span);
            length = _gathered.Length;
        }

        return length < SendAt ? default : SendGatheredAsync(default);
    }

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => _isGathering ? Task.CompletedTask : SendGatheredAsync(default).AsTask();

    /// <inheritdoc/>
    public override void Flush() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // What is being sent right now still reads one of the buffers: they are left to the collector, not returned to the pool.
        if (disposing && !IsOver) abort();
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> FillAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        int count = await inner.ReadAsync(_read, cancellationToken).ConfigureAwait(false);
        _readStart = 0;
        _readEnd = count;
        return Take(buffer.Span);
    }

    private int Take(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, _readEnd - _readStart);
        _read.AsSpan(_readStart, count).CopyTo(buffer);
        _readStart += count;
        return count;
    }

    // What is long follows what was gathered without a copy.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendGatheredAsync(ReadOnlyMemory<byte> more)
    {
        await _sending.WaitAsync().ConfigureAwait(false);
        try
        {
            ReplyBuffer sent;
            lock (_lock)
            {
                sent = _gathered;
                (_gathered, _spare) = (_spare, sent);
            }

            if (sent.Length > 0) await inner.WriteAsync(sent.Written).ConfigureAwait(false);
            if (!more.IsEmpty) await inner.WriteAsync(more).ConfigureAwait(false);
            sent.Length = 0;
        }
        finally
        {
            _sending.Release();
        }
    }
}
