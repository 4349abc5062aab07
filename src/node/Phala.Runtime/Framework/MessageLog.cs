using Phala.Codec;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;

namespace Phala.Runtime.Framework;

/// <summary>The messages that a block adds to the queue, in order, until its end writes them into the state. What a failed call pushed is taken back with its other changes.</summary>
internal sealed class MessageLog
{
    private readonly List<(Message Message, Channel Channel)> _messages = [];
    private readonly Dictionary<Channel, uint> _counts = [];

    /// <summary>How many there are.</summary>
    public int Count => _messages.Count;

    /// <summary>How many bytes their encodings have.</summary>
    public long Bytes { get; private set; }

    /// <summary>The messages with their channels.</summary>
    public IReadOnlyList<(Message Message, Channel Channel)> Messages => _messages;

    /// <summary>Adds a message.</summary>
    /// <returns>Its place among the channel's messages.</returns>
    public uint Add(Message message, in Channel channel)
    {
        uint index = _counts.GetValueOrDefault(channel);
        _counts[channel] = index + 1;
        _messages.Add((message, channel));
        Bytes += Message.EncodedLength(message);
        return index;
    }

    /// <summary>Takes back all but the first.</summary>
    /// <param name="count">How many stay.</param>
    public void RollBack(int count)
    {
        while (_messages.Count > count)
        {
            (Message message, Channel channel) = _messages[^1];
            _messages.RemoveAt(_messages.Count - 1);
            _counts[channel]--;
            Bytes -= Message.EncodedLength(message);
        }
    }

    /// <summary>The messages as the state holds them.</summary>
    public Vec<Message> ToVec() => Vec.Create<Message>([.. _messages.Select(item => item.Message)]);
}
