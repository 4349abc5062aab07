using Phala.Codec;
using Phala.Crypto.Hashing;
using Phala.Trie;

namespace Phala.Runtime.Interface.Queue;

/// <summary>What one block added to the queue. It drives replicated execution: block and time that contracts see are these.</summary>
/// <param name="BlockNumber">The block.</param>
/// <param name="ParentHash">Its parent.</param>
/// <param name="BlockTime">Its time: slot times slot duration, in milliseconds since 1970.</param>
/// <param name="Channels">Channels with messages, in ascending order, each once. None in a tick.</param>
[Scale("phala_mq::QueueEntry")]
public sealed partial record QueueEntry(uint BlockNumber, Hash256 ParentHash, ulong BlockTime, Vec<EntryChannel> Channels)
{
    /// <summary>An entry is appended when so many blocks have passed without one.</summary>
    public const uint TickInterval = 20;

    /// <summary>The BLAKE2b-256 hash of the entry's encoding.</summary>
    public Hash256 Hash()
    {
        Span<byte> hash = stackalloc byte[Hash256.Size];
        Blake2b.Hash256(Scale.Encode(this), hash);
        return new Hash256(hash);
    }

    /// <summary>The hash of a channel's messages; false where the entry has none for it.</summary>
    public bool TryGetBody(in Channel channel, out Hash256 body)
    {
        foreach (EntryChannel item in Channels)
        {
            if (item.Channel != channel) continue;
            body = item.Body;
            return true;
        }

        body = default;
        return false;
    }

    /// <summary>Whether the channels ascend strictly.</summary>
    public bool IsOrdered()
    {
        for (int at = 1; at < Channels.Length; at++)
        {
            if (Channel.Compare(Channels[at - 1].Channel, Channels[at].Channel) >= 0) return false;
        }

        return true;
    }
}
