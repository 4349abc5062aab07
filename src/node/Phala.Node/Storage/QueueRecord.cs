using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Codec;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.Storage;

/// <summary>What a block added to the queue: it is kept when the block's body and changes are not any more, as workers that come late read it.</summary>
/// <param name="Count">The queue's count after the entry.</param>
/// <param name="BlockNumber">The block's number.</param>
/// <param name="BlockHash">The block.</param>
/// <param name="Hash">The entry's hash.</param>
/// <param name="Entry">The entry, encoded.</param>
/// <param name="Bodies">The messages of each channel of the entry, encoded.</param>
public sealed record QueueRecord(ulong Count, uint BlockNumber, Hash256 BlockHash, Hash256 Hash, byte[] Entry, IReadOnlyList<(Channel Channel, byte[] Messages)> Bodies)
{
    /// <summary>Reads off an executed block what it added; null where that is nothing.</summary>
    /// <param name="hash">The block's hash.</param>
    /// <param name="header">The block's header.</param>
    /// <param name="state">The state after it.</param>
    public static QueueRecord? Of(in Hash256 hash, in Header header, StateSnapshot state)
    {
        if (QueueHead.Read(header.Digest, out QueueHead? head) != QueueDigestError.None || head is not { } position) return null;
        if (AuraSeal.ReadSlot(header.Digest, out ulong slot) != AuraError.None) return null;
        EntryDraft draft = new();
        foreach (Message message in PhalaMq.OutboundMessages.Get(state.Main)) draft.Add(message, QueueRouting.ChannelOf(message, contract => ClusterOf(state, contract)));
        QueueEntry entry = draft.Build(header.Number, header.ParentHash, slot * Aura.SlotDuration.Get(state.Main));
        List<(Channel, byte[])> bodies = [];
        foreach (EntryChannel channel in entry.Channels) bodies.Add((channel.Channel, Scale.Encode<Codec.Codecs.VecCodec<Message, Message>, Vec<Message>>(draft.Messages(channel.Channel))));
        return new QueueRecord(position.Count, header.Number, hash, entry.Hash(), Scale.Encode(entry), bodies);
    }

    private static Hash256? ClusterOf(StateSnapshot state, in Hash256 contract) =>
        PhalaPhatContracts.Contracts.TryGet(state.Main, contract, out BasicContractInfo info) ? info.Cluster : null;
}
