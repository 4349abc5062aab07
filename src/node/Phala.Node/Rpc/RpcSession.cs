using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Phala.Node.Rpc.Messages;

namespace Phala.Node.Rpc;

/// <summary>A WebSocket connection, as methods see it: its subscriptions, and state that lives as long as it does.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A cancellation source without a timer holds nothing.")]
public sealed class RpcSession
{
    private readonly ConcurrentDictionary<string, Subscription> _subscriptions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Type, object> _states = [];
    private readonly CancellationTokenSource _closed = new();
    private readonly RpcOptions _options;
    private readonly Action<Span<byte>> _entropy;
    private readonly Action _wake;
    private readonly Action<string> _cutOff;
    private int _subscriptionCount;

    /// <summary>A session over a connection.</summary>
    /// <param name="options">The limits.</param>
    /// <param name="entropy">Fills a span with random bytes.</param>
    /// <param name="wake">Sends what waits in the queue, unless that is being done already.</param>
    /// <param name="cutOff">Breaks the connection, for this reason.</param>
    internal RpcSession(RpcOptions options, Action<Span<byte>> entropy, Action wake, Action<string> cutOff)
    {
        _options = options;
        _entropy = entropy;
        _wake = wake;
        _cutOff = cutOff;
        Closed = _closed.Token;
        Outbound = new OutboundQueue(options.MessageBufferCapacity, options.SubscriptionBufferCapacity, options.MaxBufferedBytes);
    }

    /// <summary>Cancelled when the connection is closed.</summary>
    public CancellationToken Closed { get; }

    /// <summary>How many subscriptions are open.</summary>
    public int SubscriptionCount => _subscriptions.Count;

    internal OutboundQueue Outbound { get; }

    internal int SubscriptionBufferCapacity => _options.SubscriptionBufferCapacity;

    /// <summary>Finds an open subscription of this connection.</summary>
    /// <param name="id">The identifier, as a caller gives it.</param>
    /// <param name="kind">The kind that it must be of.</param>
    /// <param name="subscription">The subscription.</param>
    public bool TryFind(string id, SubscriptionKind kind, [MaybeNullWhen(false)] out Subscription subscription) =>
        _subscriptions.TryGetValue(id, out subscription) && subscription.Kind == kind;

    /// <summary>The connection's state of this type, made at the first call: such as the transactions that it broadcasts.</summary>
    public T State<T>(Func<T> make)
        where T : class => (T)_states.GetOrAdd(typeof(T), static (_, create) => create(), make);

    internal async ValueTask<RpcError?> SubscribeAsync(SubscriptionKind kind, RpcAsyncSubscribeHandler handler, RpcCall call, Utf8JsonWriter result)
    {
        if (!TryOpen(kind, out Subscription? subscription)) return RpcError.TooManySubscriptions(_options.MaxSubscriptions);
        call.Begin(subscription);
        RpcError? error = await handler(call, subscription).ConfigureAwait(false);
        if (error is null) result.WriteStringValue(subscription.Id);
        return error;
    }

    internal bool Unsubscribe(SubscriptionKind kind, string id)
    {
        if (!TryFind(id, kind, out Subscription? subscription)) return false;
        subscription.Stop();
        return true;
    }

    internal void Remove(Subscription subscription)
    {
        if (_subscriptions.TryRemove(subscription.Id, out _)) Interlocked.Decrement(ref _subscriptionCount);
    }

    internal bool TryAdd(in OutboundMessage notification) => Outbound.TryAddNotification(notification);

    internal Task RoomAsync() => Outbound.WaitForNextAsync();

    internal void Wake() => _wake();

    internal void CutOff(string reason) => _cutOff(reason);

    /// <summary>The connection is gone: every subscription ends, and nothing is sent any more.</summary>
    internal void Close()
    {
        if (_closed.IsCancellationRequested) return;
        Outbound.Close();
        _closed.Cancel();
        foreach (Subscription subscription in _subscriptions.Values) subscription.Stop();
    }

    private bool TryOpen(SubscriptionKind kind, [MaybeNullWhen(false)] out Subscription subscription)
    {
        subscription = null;
        if (Interlocked.Increment(ref _subscriptionCount) > _options.MaxSubscriptions)
        {
            Interlocked.Decrement(ref _subscriptionCount);
            return false;
        }

        Subscription opened = new(this, kind, SubscriptionId.Make(_entropy));
        _subscriptions[opened.Id] = opened;
        if (_closed.IsCancellationRequested) opened.Stop();
        subscription = opened;
        return true;
    }
}
