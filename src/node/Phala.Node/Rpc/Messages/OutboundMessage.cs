using System.Buffers;

namespace Phala.Node.Rpc.Messages;

/// <summary>A message that waits for a WebSocket's reader: a reply, whose memory is pooled, or a notification, whose JSON many subscriptions may share.</summary>
internal readonly struct OutboundMessage
{
    private readonly byte[]? _rented;
    private readonly ReadOnlyMemory<byte> _json;

    private OutboundMessage(byte[]? rented, ReadOnlyMemory<byte> json, Subscription? subscription, bool isError)
    {
        _rented = rented;
        _json = json;
        Subscription = subscription;
        IsError = isError;
    }

    /// <summary>The subscription that a notification is of; null for a reply.</summary>
    public Subscription? Subscription { get; }

    /// <summary>The notification tells of an error.</summary>
    public bool IsError { get; }

    /// <summary>How many bytes the message takes on the wire, without its frame.</summary>
    public int Length => _json.Length + (Subscription?.EnvelopeLength(IsError) ?? 0);

    /// <summary>A reply; its memory goes back to the pool with <see cref="Release"/>.</summary>
    public static OutboundMessage Reply(byte[] rented, int length) => new(rented, rented.AsMemory(0, length), null, isError: false);

    /// <summary>A notification.</summary>
    public static OutboundMessage Notification(Subscription subscription, ReadOnlyMemory<byte> json, bool isError) => new(null, json, subscription, isError);

    /// <summary>Writes the message into a buffer; a reply needs no copy.</summary>
    public ReadOnlyMemory<byte> Compose(ReplyBuffer scratch)
    {
        if (Subscription is null) return _json;
        scratch.Clear();
        Subscription.WriteEnvelope(scratch, _json.Span, IsError);
        return scratch.Written;
    }

    /// <summary>Gives pooled memory back.</summary>
    public void Release()
    {
        if (_rented is not null) ArrayPool<byte>.Shared.Return(_rented);
    }
}
