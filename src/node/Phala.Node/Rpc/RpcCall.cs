using Microsoft.AspNetCore.Http.Features;

namespace Phala.Node.Rpc;

/// <summary>One call under way: its parameters and who made it. The object is used again for later calls, so that it must not be kept.</summary>
public sealed class RpcCall
{
    private readonly List<Action> _afterReply = [];
    private readonly List<Subscription> _begun = [];
    private IHttpRequestLifetimeFeature? _lifetime;

    /// <summary>Calls of one connection.</summary>
    internal RpcCall(RpcSession? session, bool mayUseUnsafe)
    {
        Session = session;
        MayUseUnsafe = mayUseUnsafe;
    }

    /// <summary>The parameters.</summary>
    public RpcParameters Parameters { get; } = new();

    /// <summary>The WebSocket connection, or null for a call over HTTP, which can have no subscriptions.</summary>
    public RpcSession? Session { get; }

    /// <summary>The caller may use what is for the node's operator only.</summary>
    public bool MayUseUnsafe { get; private set; }

    /// <summary>Cancelled when the caller is gone.</summary>
    public CancellationToken Aborted => Session?.Closed ?? _lifetime?.RequestAborted ?? CancellationToken.None;

    /// <summary>
    /// Runs this once the reply is on its way, so that what it pushes follows the reply: the events of an operation follow the answer "started". For a call in a
    /// batch that is the reply of the whole batch. It is not run if the reply is an error.
    /// </summary>
    public void AfterReply(Action action) => _afterReply.Add(action);

    /// <summary>Begins with another HTTP request of the connection: behind a proxy each may be another caller's.</summary>
    internal void Reset(bool mayUseUnsafe, IHttpRequestLifetimeFeature? lifetime)
    {
        MayUseUnsafe = mayUseUnsafe;
        _lifetime = lifetime;
    }

    /// <summary>The subscription is told to the caller by this call's reply.</summary>
    internal void Begin(Subscription subscription) => _begun.Add(subscription);

    /// <summary>How much is to be done after the reply; <see cref="Discard"/> goes back to it.</summary>
    internal (int Actions, int Subscriptions) Mark() => (_afterReply.Count, _begun.Count);

    /// <summary>What was to be done since the mark is not done: the reply became an error, and the caller knows nothing of the subscriptions.</summary>
    internal void Discard((int Actions, int Subscriptions) mark)
    {
        _afterReply.RemoveRange(mark.Actions, _afterReply.Count - mark.Actions);
        for (int at = mark.Subscriptions; at < _begun.Count; at++) _begun[at].Stop();
        _begun.RemoveRange(mark.Subscriptions, _begun.Count - mark.Subscriptions);
    }

    /// <summary>The reply is on its way.</summary>
    internal void Replied()
    {
        foreach (Subscription subscription in _begun) subscription.Activate();
        _begun.Clear();
        if (_afterReply.Count == 0) return;
        Action[] actions = [.. _afterReply];
        _afterReply.Clear();
        foreach (Action action in actions) action();
    }
}
