namespace Phala.Node.Rpc.Messages;

/// <summary>
/// What waits for a WebSocket's reader, in order. Any thread adds; one drain at a time takes. Bounded in replies, in notifications of each subscription and in
/// bytes; a single message of any length fits into an empty queue.
/// </summary>
internal sealed class OutboundQueue(int maxReplies, int maxNotifications, long maxBytes)
{
    private readonly Lock _lock = new();
    private readonly Queue<OutboundMessage> _messages = new();
    private TaskCompletionSource? _room;
    private long _bytes;
    private int _replies;
    private bool _isDraining, _isClosed;

    /// <summary>How many messages wait.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _messages.Count;
        }
    }

    /// <summary>Adds a reply in any case, for its request was read while there was room. False, and the reply is released, once the queue is closed.</summary>
    public bool AddReply(in OutboundMessage reply)
    {
        lock (_lock)
        {
            if (!_isClosed)
            {
                _replies++;
                Add(reply);
                return true;
            }
        }

        reply.Release();
        return false;
    }

    /// <summary>Adds a notification if there is room.</summary>
    /// <returns>False where there is none or the queue is closed.</returns>
    public bool TryAddNotification(in OutboundMessage notification)
    {
        lock (_lock)
        {
            if (_isClosed || notification.Subscription!.Waiting >= maxNotifications) return false;
            if (_bytes > 0 && _bytes + notification.Length > maxBytes) return false;
            notification.Subscription.Waiting++;
            Add(notification);
            return true;
        }
    }

    /// <summary>Done at once while another request may be read, later when the reader has taken enough or the queue is closed.</summary>
    public Task WaitForRepliesAsync()
    {
        lock (_lock) return _isClosed || (_replies < maxReplies && _bytes < maxBytes) ? Task.CompletedTask : Room();
    }

    /// <summary>Done when a message has been taken, or at once where none waits or the queue is closed.</summary>
    public Task WaitForNextAsync()
    {
        lock (_lock) return _isClosed || _messages.Count == 0 ? Task.CompletedTask : Room();
    }

    /// <summary>Whether the caller is now the one that drains: something waits, and nobody takes it.</summary>
    public bool TryStartDrain()
    {
        lock (_lock)
        {
            if (_isDraining || _messages.Count == 0) return false;
            _isDraining = true;
            return true;
        }
    }

    /// <summary>Takes the next message; false ends the drain.</summary>
    public bool TryTake(out OutboundMessage message)
    {
        TaskCompletionSource? room;
        lock (_lock)
        {
            if (!_messages.TryDequeue(out message))
            {
                _isDraining = false;
                return false;
            }

            _bytes -= message.Length;
            if (message.Subscription is { } subscription) subscription.Waiting--;
            else _replies--;
            room = _room;
            _room = null;
        }

        room?.SetResult();
        return true;
    }

    /// <summary>Drops what waits and takes nothing more.</summary>
    public void Close()
    {
        TaskCompletionSource? room;
        lock (_lock)
        {
            _isClosed = true;
            while (_messages.TryDequeue(out OutboundMessage message)) message.Release();
            _bytes = _replies = 0;
            room = _room;
            _room = null;
        }

        room?.SetResult();
    }

    private void Add(in OutboundMessage message)
    {
        _bytes += message.Length;
        _messages.Enqueue(message);
    }

    private Task Room() => (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
}
