using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using Microsoft.Extensions.Logging;
using Phala.Node.Rpc.Messages;

namespace Phala.Node.Rpc.Transport;

/// <summary>
/// One WebSocket: reads message after message, answers, and sends what waits. Replies go out in the order of the requests, except for asynchronous methods, which
/// are overtaken. A reader that is slow is not served more (its requests stay unread); one that takes nothing, or leaves too many notifications lying, is cut off.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "RunAsync releases what it holds when the connection ends.")]
internal sealed class WebSocketConnection
{
    private const int SmallestBuffer = 4096, MostKept = 64 * 1024;
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly RpcOptions _options;
    private readonly Dispatcher _dispatcher;
    private readonly RpcMetrics _metrics;
    private readonly RpcServices _services;
    private readonly ILogger _log;
    private readonly Func<RpcSession, Exchange> _makeExchange;
    private readonly SemaphoreSlim _concurrent;
    private readonly CoalescingStream _stream;
    private readonly WebSocket _socket;
    private readonly Action _abort;
    private readonly string _remote;
    private readonly ReplyBuffer _scratch = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exchange? _idle;
    private Task _drain = Task.CompletedTask;
    private long _sendingSince;
    private int _isCutOff;

    public WebSocketConnection(RpcOptions options, Dispatcher dispatcher, RpcMetrics metrics, RpcServices services, ILogger log, WebSocketLink link)
    {
        _options = options;
        _dispatcher = dispatcher;
        _metrics = metrics;
        _services = services;
        _log = log;
        _makeExchange = link.MakeExchange;
        _abort = link.Abort;
        _remote = link.Remote;
        _concurrent = new SemaphoreSlim(options.MaxConcurrentCalls, options.MaxConcurrentCalls);
        _stream = new CoalescingStream(link.Stream, link.Abort);
        _socket = WebSocket.CreateFromStream(_stream, new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = options.PingInterval, KeepAliveTimeout = options.PingTimeout });
        Session = new RpcSession(options, services.Entropy, WakeOnPool, CutOff);
    }

    public RpcSession Session { get; }

    /// <summary>Serves the connection until it ends, in whatever way.</summary>
    public async Task RunAsync()
    {
        long began = _services.Time.GetTimestamp();
        _metrics.SessionOpened();
        bool isClean = false;
        try
        {
            await ReceiveAsync().ConfigureAwait(false);
            isClean = true;
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // The other side went away, or was cut off: both are ways in which connections end.
        }
        finally
        {
            Session.Close();
            await LeaveAsync(isClean).ConfigureAwait(false);
            _metrics.SessionClosed(_services.Time.GetElapsedTime(began));
            _ended.TrySetResult();
        }
    }

    /// <summary>Says goodbye; the other side's answer ends the connection, or this side does when none comes.</summary>
    public async Task CloseAsync()
    {
        await SayAsync(WebSocketCloseStatus.EndpointUnavailable, "the node stops").ConfigureAwait(false);
        await _ended.Task.WaitAsync(Farewell, _services.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_ended.Task.IsCompleted) Break();
    }

    /// <summary>Cuts the connection off if its reader has taken nothing for too long.</summary>
    public void CheckReader()
    {
        long since = Volatile.Read(ref _sendingSince);
        if (since != 0 && _services.Time.GetElapsedTime(since) > _options.SendTimeout) CutOff("nothing was read for too long");
    }

    private async Task ReceiveAsync()
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(SmallestBuffer);
        int length = 0;
        bool isTooLong = false;
        try
        {
            while (true)
            {
                ValueTask<ValueWebSocketReceiveResult> receiving = _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                if (!receiving.IsCompleted) Wake();
                ValueWebSocketReceiveResult received = await receiving.ConfigureAwait(false);
                if (received.MessageType == WebSocketMessageType.Close) return;
                length += received.Count;
                isTooLong |= length > _options.MaxRequestSize;
                if (isTooLong) length = 0;
                if (received.EndOfMessage)
                {
                    if (isTooLong) Refuse();
                    else if (!Answer(new ArraySegment<byte>(buffer, 0, length))) buffer = ArrayPool<byte>.Shared.Rent(SmallestBuffer);
                    length = 0;
                    isTooLong = false;
                    Shrink(ref buffer);
                    await WaitForRoomAsync().ConfigureAwait(false);
                }
                else if (length == buffer.Length)
                {
                    Grow(ref buffer);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // False if the message is answered later, by a task that keeps its buffer.
    private bool Answer(ArraySegment<byte> message)
    {
        Exchange exchange = Interlocked.Exchange(ref _idle, null) ?? _makeExchange(Session);
        ValueTask answering = _dispatcher.ExecuteAsync(message.AsMemory(), exchange);
        if (answering.IsCompletedSuccessfully)
        {
            Complete(exchange);
            return true;
        }

        _ = AnswerLaterAsync(answering.AsTask(), exchange, message.Array!);
        return false;
    }

    private async Task AnswerLaterAsync(Task answering, Exchange exchange, byte[] buffer)
    {
        bool isCounted = _concurrent.Wait(0, CancellationToken.None);
        try
        {
            await answering.ConfigureAwait(false);
            Complete(exchange);
            Wake();
        }
        catch (Exception exception)
        {
            RpcLog.ConnectionFailed(_log, _remote, exception);
            Break();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            if (isCounted) _concurrent.Release();
        }
    }

    // The reply waits for its turn, and what belongs after it follows.
    private void Complete(Exchange exchange)
    {
        int length = exchange.Reply.Length;
        bool isSent = length == 0 || Session.Outbound.AddReply(OutboundMessage.Reply(exchange.Reply.Detach(), length));
        if (isSent) exchange.Call.Replied();
        else exchange.Call.Discard(default);
        if (Interlocked.CompareExchange(ref _idle, exchange, null) is not null) exchange.Dispose();
    }

    private void Refuse()
    {
        Exchange exchange = Interlocked.Exchange(ref _idle, null) ?? _makeExchange(Session);
        exchange.WriteErrorForAll(RpcError.RequestTooLong(_options.MaxRequestSize));
        Complete(exchange);
    }

    private async ValueTask WaitForRoomAsync()
    {
        if (_concurrent.CurrentCount == 0)
        {
            Wake();
            await _concurrent.WaitAsync(Session.Closed).ConfigureAwait(false);
            _concurrent.Release();
        }

        while (Session.Outbound.WaitForRepliesAsync() is { IsCompleted: false } room)
        {
            Wake();
            await room.ConfigureAwait(false);
        }
    }

    private static void Grow(ref byte[] buffer)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(2 * buffer.Length);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }

    // One long message does not make a connection hold much for ever.
    private static void Shrink(ref byte[] buffer)
    {
        if (buffer.Length <= MostKept) return;
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = ArrayPool<byte>.Shared.Rent(SmallestBuffer);
    }

    // Pushes come from threads that have other work than to write to sockets.
    private void WakeOnPool()
    {
        if (Session.Outbound.TryStartDrain()) ThreadPool.UnsafeQueueUserWorkItem(static connection => connection._drain = connection.DrainAsync(), this, preferLocal: false);
    }

    private void Wake()
    {
        if (Session.Outbound.TryStartDrain()) _drain = DrainAsync();
    }

    private async Task DrainAsync()
    {
        try
        {
            while (Session.Outbound.TryTake(out OutboundMessage message))
            {
                Volatile.Write(ref _sendingSince, _services.Time.GetTimestamp());
                _stream.Gather();
                await _socket.SendAsync(message.Compose(_scratch), WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, CancellationToken.None).ConfigureAwait(false);
                message.Release();
                _scratch.Clear();
                if (Session.Outbound.Count == 0) await _stream.SendAsync().ConfigureAwait(false);
                Volatile.Write(ref _sendingSince, 0);
            }

            await _stream.SendAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // The connection is gone while something waited for it: the receiving side ends too.
            Break();
        }
    }

    private void CutOff(string reason)
    {
        if (Session.Closed.IsCancellationRequested || Interlocked.Exchange(ref _isCutOff, 1) != 0) return;
        RpcLog.CutOff(_log, _remote, reason);
        _metrics.SessionCutOff();
        Break();
    }

    // Closing the session first releases whoever waits for room in its queue.
    private void Break()
    {
        Session.Close();
        _socket.Abort();
        _abort();
    }

    // The scratch buffer is left to the collector: a drain that has just begun may still hold it.
    private async Task LeaveAsync(bool isClean)
    {
        if (isClean) await SayAsync(WebSocketCloseStatus.NormalClosure, null).ConfigureAwait(false);
        else Break();
        _stream.IsOver = true;
        _socket.Dispose();
        await _drain.ConfigureAwait(false);
        Interlocked.Exchange(ref _idle, null)?.Dispose();
    }

    // The last frame of this side, after what is being sent. Where the reader takes nothing any more, the connection is broken instead.
    private async Task SayAsync(WebSocketCloseStatus status, string? why)
    {
        try
        {
            await _drain.WaitAsync(Farewell, _services.Time).ConfigureAwait(false);
            _stream.IsOver = true;
            await _socket.CloseOutputAsync(status, why, CancellationToken.None).WaitAsync(Farewell, _services.Time).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            Break();
        }
    }

    // The ways in which a connection ends that are nobody's fault here.
    private static bool IsEnd(Exception exception) =>
        exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException or TimeoutException;
}
