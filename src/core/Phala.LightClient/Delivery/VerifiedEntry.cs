using Phala.Codec;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;

namespace Phala.LightClient.Delivery;

/// <summary>An entry of the queue with the messages of the channels that were wanted.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="After">The cursor of those who have applied it. <c>After.Head.Count</c> is the entry's number.</param>
/// <param name="Channels">The messages, by channel in ascending order; no channel that the entry has not.</param>
public sealed record VerifiedEntry(QueueEntry Entry, QueueCursor After, Vec<ChannelMessages> Channels)
{
    /// <summary>The messages of a channel; none where the entry has none, or where they were not wanted.</summary>
    public Vec<Message> MessagesOf(in Channel channel)
    {
        foreach (ChannelMessages messages in Channels)
        {
            if (messages.Channel == channel) return messages.Messages;
        }

        return default;
    }
}
