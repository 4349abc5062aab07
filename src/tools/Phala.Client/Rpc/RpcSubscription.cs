using System.Text.Json;
using System.Threading.Channels;

namespace Phala.Client.Rpc;

/// <summary>Notifications of one subscription, in order. They wait for their reader, as many as the options allow: a reader that is further behind has lost the subscription.</summary>
public sealed class RpcSubscription : IAsyncDisposable
{
    private readonly RpcConnection _connection;
    private readonly Channel<(JsonElement Message, int Length)> _waiting;
    private readonly int _maxBytes;
    private int _bytes;
    private ClientFailure? _end;

    internal RpcSubscription(RpcConnection connection, string unsubscribe, ClientOptions options)
    {
        (_connection, Unsubscribe, _maxBytes) = (connection, unsubscribe, options.MaxNotificationBytes);
        _waiting = Channel.CreateBounded<(JsonElement, int)>(new BoundedChannelOptions(options.MaxNotifications) { SingleWriter = true, AllowSynchronousContinuations = false });
    }

    internal string Unsubscribe { get; }

    /// <summary>The name that the server gave it.</summary>
    internal string? Id { get; set; }

    /// <summary>The next notification, as soon as it is there; or why there is no further one. What came before the end is read before it.</summary>
    public async ValueTask<ClientResult<JsonElement>> NextAsync(CancellationToken stop = default)
    {
        while (await _waiting.Reader.WaitToReadAsync(stop).ConfigureAwait(false))
        {
            if (!_waiting.Reader.TryRead(out (JsonElement Message, int Length) next)) continue;
            Interlocked.Add(ref _bytes, -next.Length);
            return next.Message;
        }

        return _end!;
    }

    /// <summary>Ends the subscription.</summary>
    public ValueTask DisposeAsync()
    {
        End(new ClientFailure(ClientError.Ended, "The subscription was disposed of."));
        _connection.End(this);
        return default;
    }

    /// <summary>Takes a notification.</summary>
    /// <returns>False where there is no room for it: the subscription has ended.</returns>
    internal bool TryTake(JsonElement message, int length)
    {
        if (_end is not null) return true;
        if (Interlocked.Add(ref _bytes, length) <= _maxBytes && _waiting.Writer.TryWrite((message, length))) return true;
        End(new ClientFailure(ClientError.TooSlow, "Notifications came faster than they were read."));
        return false;
    }

    internal void End(ClientFailure why)
    {
        if (Interlocked.CompareExchange(ref _end, why, null) is null) _waiting.Writer.TryComplete();
    }
}
