using System.Diagnostics.CodeAnalysis;
using System.Text;
using Phala.Node.Rpc.Messages;

namespace Phala.Node.Rpc;

/// <summary>
/// A caller's subscription: where notifications are pushed to, from any thread. Invariant: the caller gets the reply with the identifier first, then every
/// notification in the order of the pushes, or the connection is closed; none is dropped in between. It ends with <see cref="Stop"/>, with the caller's
/// unsubscribing or with the connection, and then holds nothing.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A cancellation source without a timer holds nothing.")]
public sealed class Subscription
{
    private static readonly byte[] Suffix = "}}"u8.ToArray();
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _closed = new();
    private readonly RpcSession _session;
    private readonly byte[] _prefix;
    private List<OutboundMessage>? _held = [];
    private TaskCompletionSource? _activated;
    private bool _isClosed;

    internal Subscription(RpcSession session, SubscriptionKind kind, string id)
    {
        _session = session;
        Kind = kind;
        Id = id;
        Closed = _closed.Token;
        _prefix = Encoding.UTF8.GetBytes($$$"""{"jsonrpc":"2.0","method":"{{{kind.Notification}}}","params":{"subscription":"{{{id}}}",""");
    }

    /// <summary>The names of this kind of subscription.</summary>
    public SubscriptionKind Kind { get; }

    /// <summary>The identifier that the caller knows: 16 random characters.</summary>
    public string Id { get; }

    /// <summary>The connection.</summary>
    public RpcSession Session => _session;

    /// <summary>Whatever the handler keeps for the calls that name this subscription, see <see cref="RpcSession.TryFind"/>.</summary>
    public object? State { get; set; }

    /// <summary>Cancelled when the subscription ends, for whatever reason. Registered callbacks must be short: they run where it ends.</summary>
    public CancellationToken Closed { get; }

    /// <summary>How many notifications wait for the reader; the queue's to change.</summary>
    internal int Waiting { get; set; }

    /// <summary>
    /// Pushes a notification without waiting. A reader that leaves more of them lying than the limit is cut off, with all its subscriptions. For a long row of
    /// notifications, whose pace this side decides, use <see cref="PushAsync"/>.
    /// </summary>
    /// <param name="json">One JSON value. It is not copied: other subscriptions may share it, and it must never change.</param>
    /// <returns>False if the subscription is closed.</returns>
    public bool Push(ReadOnlyMemory<byte> json)
    {
        Attempt attempt = TryPush(OutboundMessage.Notification(this, json, isError: false), out _);
        if (attempt == Attempt.Full) CutOff();
        return attempt == Attempt.Pushed;
    }

    /// <summary>
    /// Pushes a notification, and waits until there is room for it. Not to be awaited by the handler that begins the subscription: until the reply is sent nothing
    /// leaves. It starts a task of its own, which <see cref="Closed"/> ends.
    /// </summary>
    /// <param name="json">One JSON value, as for <see cref="Push"/>.</param>
    /// <returns>False if the subscription is closed.</returns>
    public async ValueTask<bool> PushAsync(ReadOnlyMemory<byte> json)
    {
        while (true)
        {
            Attempt attempt = TryPush(OutboundMessage.Notification(this, json, isError: false), out Task? room);
            if (attempt != Attempt.Full) return attempt == Attempt.Pushed;
            await room!.ConfigureAwait(false);
        }
    }

    /// <summary>Tells the caller of an error and ends the subscription.</summary>
    public void Fail(RpcError error)
    {
        byte[] json = RpcJson.Serialize(writer => ReplyWriter.WriteError(writer, error));
        if (TryPush(OutboundMessage.Notification(this, json, isError: true), out _) == Attempt.Full) CutOff();
        Stop();
    }

    /// <summary>Ends the subscription. What was pushed before is still delivered. Ending it twice is as good as once.</summary>
    public void Stop()
    {
        if (Close()) _session.Remove(this);
    }

    /// <summary>Ends the subscription: true the first time. Nothing that is held is sent, for the caller never learnt the identifier.</summary>
    internal bool Close()
    {
        TaskCompletionSource? activated;
        lock (_lock)
        {
            if (_isClosed) return false;
            _isClosed = true;
            activated = _activated;
        }

        activated?.TrySetResult();
        _closed.Cancel();
        return true;
    }

    /// <summary>The reply is on its way: what was held follows it. A subscription that was stopped meanwhile delivers what was pushed before.</summary>
    internal void Activate()
    {
        TaskCompletionSource? activated;
        bool fits = true;
        lock (_lock)
        {
            foreach (OutboundMessage message in _held ?? []) fits = fits && _session.TryAdd(message);
            _held = null;
            activated = _activated;
        }

        activated?.TrySetResult();
        if (fits) _session.Wake();
        else CutOff();
    }

    /// <summary>How many bytes a notification has besides its JSON.</summary>
    internal int EnvelopeLength(bool isError) => _prefix.Length + Member(isError).Length + Suffix.Length;

    /// <summary>Writes a whole notification.</summary>
    internal void WriteEnvelope(ReplyBuffer buffer, ReadOnlySpan<byte> json, bool isError)
    {
        buffer.Append(_prefix);
        buffer.Append(Member(isError));
        buffer.Append(json);
        buffer.Append(Suffix);
    }

    private void CutOff() => _session.CutOff($"too much of {Kind.Notification} is unread");

    private static ReadOnlySpan<byte> Member(bool isError) => isError ? "\"error\":"u8 : "\"result\":"u8;

    // Where there is no room, the task tells when to try again.
    private Attempt TryPush(in OutboundMessage message, out Task? room)
    {
        room = null;
        lock (_lock)
        {
            if (_isClosed) return Attempt.Closed;
            if (_held is not null)
            {
                if (_held.Count < _session.SubscriptionBufferCapacity)
                {
                    _held.Add(message);
                    return Attempt.Pushed;
                }

                _activated ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                room = _activated.Task;
                return Attempt.Full;
            }

            if (!_session.TryAdd(message))
            {
                room = _session.RoomAsync();
                return Attempt.Full;
            }
        }

        _session.Wake();
        return Attempt.Pushed;
    }

    private enum Attempt
    {
        Pushed,
        Closed,
        Full,
    }
}
