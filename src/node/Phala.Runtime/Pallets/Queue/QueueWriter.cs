using Phala.Codec;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Shapes;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Runtime.Pallets.Queue;

/// <summary>Adds messages to the block's entry of the queue. What a failed call pushed is taken back with its other changes.</summary>
public static class QueueWriter
{
    /// <summary>What a message that nobody pays for leaves free: whatever the chain has to say about it.</summary>
    private const int Reserve = 1024, ReservedMessages = 4;

    /// <summary>Pushes a pallet's message.</summary>
    /// <typeparam name="T">What the topic's payloads are.</typeparam>
    public static DispatchResult Push<T>(BlockContext block, PalletShape pallet, Vec<byte> topic, in T payload)
        where T : IScale<T> => Push(block, new Message(new MessageOrigin.Pallet(Vec.Create<byte>(System.Text.Encoding.ASCII.GetBytes(pallet.Name))), topic, Vec.Create<byte>(Scale.Encode(payload))));

    /// <summary>Pushes a message. One that is read on the chain alone goes nowhere.</summary>
    public static DispatchResult Push(BlockContext block, Message message)
    {
        if (!IsDestination(block.State, message.Destination)) return PhalaMq.Error.BadDestination.ToDispatch();
        if (Topics.IsOnChain(message.Destination.AsSpan())) return DispatchResult.Ok;
        if (!HasRoom(block, Message.EncodedLength(message), messages: 1)) return PhalaMq.Error.QueueFull.ToDispatch();
        Channel channel = QueueRouting.ChannelOf(message, contract => ClusterOf(block.State, contract));
        uint index = block.Messages.Add(message, channel);
        ulong count = PhalaMq.QueueHead.Get(block.State).Count + 1;
        block.Deposit(new PhalaMq.Pushed(new MessageId(count, channel, index), message.Sender, message.Destination));
        return DispatchResult.Ok;
    }

    /// <summary>Whether a message may go there: the topic is one, and where it is that of a contract's commands the contract is in a cluster that exists.</summary>
    public static bool IsDestination(TrieOverlay state, Vec<byte> topic)
    {
        if (!Topics.IsValid(topic.AsSpan())) return false;
        return !Topics.TryReadCommand(topic.AsSpan(), out Hash256 contract) || (ClusterOf(state, contract) is { } cluster && PhalaPhatContracts.Clusters.Contains(state, cluster));
    }

    /// <summary>Whether the block takes a message that nobody pays for, and what follows from it.</summary>
    public static bool HasRoomForFree(BlockContext block, int length) => HasRoom(block, length + Reserve, ReservedMessages);

    /// <summary>Appends the block's entry, or a tick when it is time, and says so in the header.</summary>
    internal static void Close(BlockContext block)
    {
        TrieOverlay state = block.State;
        if (block.Messages.Count > 0) PhalaMq.OutboundMessages.Set(state, block.Messages.ToVec());
        else if (block.Number - PhalaMq.LastEntry.Get(state) < QueueEntry.TickInterval) return;
        EntryDraft draft = new();
        foreach ((Message message, Channel channel) in block.Messages.Messages) draft.Add(message, channel);
        QueueEntry entry = draft.Build(block.Number, block.Parent.Hash, block.Slot * Aura.SlotDuration.Get(state));
        QueueHead head = PhalaMq.QueueHead.Get(state).Append(entry.Hash());
        PhalaMq.QueueHead.Set(state, head);
        PhalaMq.LastEntry.Set(state, block.Number);
        block.DepositDigest(head.ToDigestItem());
    }

    private static bool HasRoom(BlockContext block, int length, int messages) =>
        block.Messages.Bytes + length <= PhalaMq.MaxBlockBytes && block.Messages.Count + messages <= PhalaMq.MaxBlockMessages;

    private static Hash256? ClusterOf(TrieOverlay state, Hash256 contract) =>
        PhalaPhatContracts.Contracts.TryGet(state, contract, out BasicContractInfo info) ? info.Cluster : null;
}
