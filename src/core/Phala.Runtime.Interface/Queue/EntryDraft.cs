using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Crypto.Hashing;
using Phala.Runtime.Interface.Messages;
using Phala.Trie;

namespace Phala.Runtime.Interface.Queue;

/// <summary>An entry in the making: a block's messages, sorted by channel.</summary>
public sealed class EntryDraft
{
    private readonly SortedDictionary<Channel, List<Message>> _channels = new(Comparer<Channel>.Create(static (left, right) => Channel.Compare(left, right)));

    /// <summary>Whether there is no message.</summary>
    public bool IsEmpty => _channels.Count == 0;

    /// <summary>Adds a message.</summary>
    /// <returns>Its place among the channel's messages.</returns>
    public uint Add(Message message, in Channel channel)
    {
        if (!_channels.TryGetValue(channel, out List<Message>? messages)) _channels[channel] = messages = [];
        messages.Add(message);
        return (uint)messages.Count - 1;
    }

    /// <summary>The messages of a channel; none where it has none.</summary>
    public Vec<Message> Messages(in Channel channel) => _channels.TryGetValue(channel, out List<Message>? messages) ? Vec.Create<Message>(messages.ToArray()) : default;

    /// <summary>The entry.</summary>
    /// <param name="blockNumber">The block.</param>
    /// <param name="parentHash">Its parent.</param>
    /// <param name="blockTime">Its time in milliseconds since 1970.</param>
    public QueueEntry Build(uint blockNumber, in Hash256 parentHash, ulong blockTime) => new(
        blockNumber, parentHash, blockTime, Vec.Create<EntryChannel>([.. _channels.Select(pair => new EntryChannel(pair.Key, HashOf(Vec.Create<Message>(pair.Value.ToArray()))))]));

    /// <summary>The hash of a channel's messages, as an entry has it.</summary>
    public static Hash256 HashOf(Vec<Message> messages) => HashOf(Scale.Encode<VecCodec<Message, Message>, Vec<Message>>(messages));

    /// <summary>The hash of a channel's encoded messages.</summary>
    public static Hash256 HashOf(ReadOnlySpan<byte> messages)
    {
        Span<byte> hash = stackalloc byte[Hash256.Size];
        Blake2b.Hash256(messages, hash);
        return new Hash256(hash);
    }
}
