using System.Buffers;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Phala.Client.Rpc;

/// <summary>A JSON-RPC 2.0 connection over a WebSocket. Any number of threads may call at a time; requests go out one after the other without waiting for answers.</summary>
/// <remarks>
/// <para><b>Concept.</b> One loop sends, one receives. An answer finds its request by its number, a notification its subscription by the name in the answer that began it.</para>
/// <para><b>Invariant.</b> Whatever the server sends, memory is bounded by <see cref="ClientOptions"/>, every request ends with an answer or a failure, and nothing is thrown. A server that breaks
/// the protocol is hung up on. A connection that has ended stays so, and everything on it says why.</para>
/// <para><b>Trust.</b> What a server says is its word, no more.</para>
/// </remarks>
public sealed class RpcConnection : IAsyncDisposable
{
    private const int FirstBuffer = 16 * 1024, LargestKeptBuffer = 1 << 20, SweepsPerTimeout = 4;

    private readonly ClientWebSocket _socket;
    private readonly ClientOptions _options;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<long, PendingCall> _pending = [];
    private readonly Dictionary<string, RpcSubscription> _subscriptions = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _room;
    private readonly Channel<(byte[] Buffer, int Length)> _outgoing = Channel.CreateUnbounded<(byte[], int)>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TaskCompletionSource<ClientFailure> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _sweeper;
    private Task _loops = Task.CompletedTask;
    private ClientFailure? _end;
    private long _lastId;

    private RpcConnection(ClientWebSocket socket, ClientOptions options)
    {
        (_socket, _options, _room) = (socket, options, new SemaphoreSlim(options.MaxPending, options.MaxPending));
        TimeSpan period = options.RequestTimeout / SweepsPerTimeout;
        _sweeper = options.Time.CreateTimer(_ => Sweep(), null, period, period);
    }

    /// <summary>Ends when the connection does, and tells why.</summary>
    public Task<ClientFailure> Closed => _closed.Task;

    /// <summary>Connects.</summary>
    /// <param name="server">The address, <c>ws://</c> or <c>wss://</c>.</param>
    /// <param name="options">The bounds; null for the usual.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<ClientResult<RpcConnection>> ConnectAsync(Uri server, ClientOptions? options = null, CancellationToken stop = default)
    {
        options ??= new ClientOptions();
        if (!server.IsAbsoluteUri || server.Scheme is not ("ws" or "wss")) return new ClientFailure(ClientError.Unreachable, $"{server} is no address of a WebSocket: ws://… or wss://….");
        ClientWebSocket socket = new();
        socket.Options.KeepAliveInterval = options.PingInterval;
        socket.Options.KeepAliveTimeout = options.PingInterval;
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(options.ConnectTimeout);
        try
        {
            await socket.ConnectAsync(server, limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or HttpRequestException)
        {
            socket.Dispose();
            stop.ThrowIfCancellationRequested();
            string reason = exception is OperationCanceledException ? $"no answer in {options.ConnectTimeout.TotalSeconds:0.#} s" : (exception.InnerException ?? exception).Message;
            return new ClientFailure(ClientError.Unreachable, $"{server}: {reason}");
        }

        RpcConnection connection = new(socket, options);
        connection._loops = Task.WhenAll(Task.Run(connection.SendAsync, CancellationToken.None), Task.Run(connection.ReceiveAsync, CancellationToken.None));
        return connection;
    }

    /// <summary>Calls a method.</summary>
    /// <param name="method">Its name.</param>
    /// <param name="arguments">Its arguments; null for none.</param>
    /// <param name="stop">Stops waiting. The server may do what it was asked nevertheless.</param>
    public Task<ClientResult<JsonElement>> CallAsync(string method, RpcArguments? arguments = null, CancellationToken stop = default) => RequestAsync(method, arguments, null, stop);

    /// <summary>Begins a subscription.</summary>
    /// <param name="method">The method that begins it.</param>
    /// <param name="unsubscribe">The method that ends it.</param>
    /// <param name="arguments">The arguments of the former; null for none.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<RpcSubscription>> SubscribeAsync(string method, string unsubscribe, RpcArguments? arguments = null, CancellationToken stop = default)
    {
        RpcSubscription subscription = new(this, unsubscribe, _options);
        ClientResult<JsonElement> answer = await RequestAsync(method, arguments, subscription, stop).ConfigureAwait(false);
        return answer.Failure is { } failure ? failure : subscription;
    }

    /// <summary>Hangs up. What was under way fails with <see cref="ClientError.Closed"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        Close(new ClientFailure(ClientError.Closed, "The connection was closed by this program."));
        await _loops.ConfigureAwait(false);
        await _sweeper.DisposeAsync().ConfigureAwait(false);
        _socket.Dispose();
        _stop.Dispose();
    }

    /// <summary>Ends a subscription at the server. What it answers matters to nobody.</summary>
    internal void End(RpcSubscription subscription)
    {
        if (subscription.Id is not { } id) return;
        lock (_gate)
        {
            if (!_subscriptions.Remove(id)) return;
        }

        _ = RequestAsync(subscription.Unsubscribe, new RpcArguments().Text(id), null, default);
    }

    private async Task<ClientResult<JsonElement>> RequestAsync(string method, RpcArguments? arguments, RpcSubscription? subscription, CancellationToken stop)
    {
        if (_end is { } ended) return ended;
        await _room.WaitAsync(stop).ConfigureAwait(false);
        PendingCall call = new(_options.Time.GetTimestamp() + (long)(_options.RequestTimeout.TotalSeconds * _options.Time.TimestampFrequency), subscription);
        long id;
        lock (_gate)
        {
            if (_end is not null)
            {
                _room.Release();
                return _end;
            }

            id = ++_lastId;
            _pending.Add(id, call);
        }

        _outgoing.Writer.TryWrite(Write(id, method, arguments));
        return stop.CanBeCanceled ? await call.Answer.WaitAsync(stop).ConfigureAwait(false) : await call.Answer.ConfigureAwait(false);
    }

    private static (byte[] Buffer, int Length) Write(long id, string method, RpcArguments? arguments)
    {
        ReadOnlySpan<byte> written = arguments is null ? default : arguments.Written;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(96 + Encoding.UTF8.GetMaxByteCount(method.Length) + written.Length);
        int length = 0;
        Append("{\"jsonrpc\":\"2.0\",\"id\":"u8);
        id.TryFormat(buffer.AsSpan(length), out int digits, default, CultureInfo.InvariantCulture);
        length += digits;
        Append(",\"method\":\""u8);
        length += Encoding.UTF8.GetBytes(method, buffer.AsSpan(length));
        Append("\",\"params\":["u8);
        Append(written);
        Append("]}"u8);
        return (buffer, length);

        void Append(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(buffer.AsSpan(length));
            length += bytes.Length;
        }
    }

    private async Task SendAsync()
    {
        try
        {
            await foreach ((byte[] buffer, int length) in _outgoing.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
            {
                await _socket.SendAsync(buffer.AsMemory(0, length), WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, _stop.Token).ConfigureAwait(false);
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            Close(Lost(exception));
        }
    }

    private async Task ReceiveAsync()
    {
        byte[] buffer = new byte[Math.Min(FirstBuffer, _options.MaxMessageSize)];
        int length = 0;
        try
        {
            while (_end is null)
            {
                ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(buffer.AsMemory(length), _stop.Token).ConfigureAwait(false);
                length += part.Count;
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    Close(new ClientFailure(ClientError.Closed, $"The server closed the connection: {_socket.CloseStatus} {_socket.CloseStatusDescription}".TrimEnd()));
                }
                else if (part.EndOfMessage)
                {
                    Handle(buffer.AsMemory(0, length));
                    if (buffer.Length > LargestKeptBuffer) buffer = new byte[FirstBuffer];
                    length = 0;
                }
                else if (length >= _options.MaxMessageSize)
                {
                    Close(new ClientFailure(ClientError.MessageTooLong, $"The server sent a message of more than {_options.MaxMessageSize} bytes."));
                }
                else if (length == buffer.Length)
                {
                    Array.Resize(ref buffer, (int)Math.Min(2L * length, _options.MaxMessageSize));
                }
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            Close(Lost(exception));
        }
    }

    private void Handle(ReadOnlyMemory<byte> bytes)
    {
        if (RpcMessage.Read(bytes, out RpcMessage message) is { } wrong) Close(new ClientFailure(ClientError.Malformed, $"The server sent {wrong}."));
        else if (message.Id is { } id) Answer(id, message.Content);
        else Notify(message.Subscription!, message.Content, bytes.Length);
    }

    private void Answer(long id, ClientResult<JsonElement> content)
    {
        PendingCall? call;
        bool isKnown;
        lock (_gate)
        {
            isKnown = id > 0 && id <= _lastId;
            _pending.Remove(id, out call);
        }

        if (!isKnown)
        {
            Close(new ClientFailure(ClientError.Malformed, $"The server answered request {id}, which was not sent."));
            return;
        }

        // An answer that comes after the time for it is up, or a second time, is for nobody.
        if (call is null) return;
        _room.Release();
        if (call.Subscription is { } subscription && content.TryGet(out JsonElement named, out _)) content = Begin(subscription, named);
        call.Complete(content);
    }

    /// <summary>On the receiving thread, before the next message is read: no notification comes too early.</summary>
    private ClientResult<JsonElement> Begin(RpcSubscription subscription, JsonElement named)
    {
        if (!RpcMessage.TryReadName(named, out string name)) return new ClientFailure(ClientError.UnexpectedAnswer, "The server gave the subscription no name.");
        lock (_gate)
        {
            if (!_subscriptions.TryAdd(name, subscription)) return new ClientFailure(ClientError.UnexpectedAnswer, "The server gave two subscriptions the same name.");
        }

        subscription.Id = name;
        return named;
    }

    private void Notify(string name, ClientResult<JsonElement> content, int length)
    {
        RpcSubscription? subscription;
        lock (_gate) _subscriptions.TryGetValue(name, out subscription);

        // One that has been ended meanwhile may still tell something.
        if (subscription is null) return;
        if (!content.TryGet(out JsonElement message, out ClientFailure? failure)) subscription.End(failure);
        else if (!subscription.TryTake(message, length)) End(subscription);
    }

    /// <summary>Gives up what waits for too long.</summary>
    private void Sweep()
    {
        long now = _options.Time.GetTimestamp();
        List<PendingCall> late = [];
        lock (_gate)
        {
            foreach ((long id, PendingCall call) in _pending.Where(each => each.Value.Deadline <= now).ToArray())
            {
                _pending.Remove(id);
                late.Add(call);
            }
        }

        if (late.Count > 0) _room.Release(late.Count);
        foreach (PendingCall call in late) call.Complete(new ClientFailure(ClientError.Timeout, $"No answer came in {_options.RequestTimeout.TotalSeconds:0.#} s."));
    }

    private void Close(ClientFailure why)
    {
        PendingCall[] calls;
        RpcSubscription[] subscriptions;
        lock (_gate)
        {
            if (_end is not null) return;
            _end = why;
            calls = [.. _pending.Values];
            subscriptions = [.. _subscriptions.Values];
            _pending.Clear();
            _subscriptions.Clear();
        }

        if (calls.Length > 0) _room.Release(calls.Length);
        _outgoing.Writer.TryComplete();
        foreach (PendingCall call in calls) call.Complete(why);
        foreach (RpcSubscription subscription in subscriptions) subscription.End(why);
        _closed.TrySetResult(why);
        _stop.Cancel();
    }

    private static bool IsEnd(Exception exception) => exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException;

    private static ClientFailure Lost(Exception exception) => new(ClientError.Closed, $"The connection broke: {(exception.InnerException ?? exception).Message}");
}
