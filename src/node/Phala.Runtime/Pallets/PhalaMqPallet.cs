using Phala.Chain;
using Phala.Codec;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Pallets.Queue;

namespace Phala.Runtime.Pallets;

/// <summary>Collects what each block tells workers into one entry of the queue, and accepts what comes back from outside the chain, once each and in order.</summary>
public sealed class PhalaMqPallet : Pallet
{
    private static readonly MessageOrigin ForcePushed = new MessageOrigin.Pallet(Vec.Create("ForcePushed"u8));

    private readonly Func<BlockContext, Message, DispatchResult>[] _readers;

    /// <summary>Registers the calls and hooks.</summary>
    /// <param name="readers">Who on the chain reads messages from outside it, by their topics.</param>
    public PhalaMqPallet(params Func<BlockContext, Message, DispatchResult>[] readers)
        : base(PhalaMq.Shape)
    {
        _readers = readers;
        Call<PhalaMq.SyncOffchainMessage>(CostOfSync(0), call => CostOfSync(call.SignedMessage.Message.Payload.Length), OnSync, bare: OffchainMessages.Validate, signed: (block, _, call) => OffchainMessages.Validate(block, call));
        Call<PhalaMq.PushMessage>(CostOfPush(0), call => CostOfPush(call.Payload.Length), OnPush);
        Call<PhalaMq.ForcePushPalletMessage>(CostOfPush(0), call => CostOfPush(call.Payload.Length), OnForcePush);
        Initialize = OnInitialize;
        FinalizeBlock = QueueWriter.Close;
    }

    private static DispatchInfo CostOfSync(int bytes) => new(Weights.SyncOffchainMessage(bytes), DispatchClass.Normal, Pays.Yes);

    private static DispatchInfo CostOfPush(int bytes) => new(Weights.PushMessage(bytes), DispatchClass.Normal, Pays.Yes);

    /// <summary>Messages of the genesis that the queue can't take are dropped: nobody is there to be told.</summary>
    private static Weight OnInitialize(BlockContext block)
    {
        PhalaMq.OutboundMessages.Remove(block.State);
        if (!PhalaMq.QueuedOutboundMessage.TryGet(block.State, out Vec<Message> queued)) return Weights.Queue;
        PhalaMq.QueuedOutboundMessage.Remove(block.State);
        foreach (Message message in queued) QueueWriter.Push(block, message);
        return Weights.Queue;
    }

    private static DispatchResult OnPush(CallContext context, PhalaMq.PushMessage call)
    {
        if (!context.Origin.IsSigned(out AccountId sender)) return DispatchError.BadOrigin;
        return Push(context, new Message(new MessageOrigin.AccountId(sender), call.Destination, call.Payload));
    }

    private static DispatchResult OnForcePush(CallContext context, PhalaMq.ForcePushPalletMessage call) =>
        context.Origin.IsRoot ? Push(context, new Message(ForcePushed, call.Destination, call.Payload)) : DispatchError.BadOrigin;

    private static DispatchResult Push(CallContext context, Message message) =>
        message.Payload.Length > PhalaMq.MaxPayload ? PhalaMq.Error.PayloadTooLarge.ToDispatch() : QueueWriter.Push(context.Block, message);

    /// <summary>Without an account, the transaction was validated just before: a bare call comes from nowhere else. Within other calls nobody has looked at it.</summary>
    private DispatchResult OnSync(CallContext context, PhalaMq.SyncOffchainMessage call)
    {
        if (context.Origin.IsRoot) return DispatchError.BadOrigin;
        SignedMessage signed = call.SignedMessage;
        if (OffchainMessages.Check(context.Block, signed, isVerified: context.Origin.IsNone, out ulong expected) is { } error) return error.ToDispatch();
        if (signed.Sequence != expected) return PhalaMq.Error.BadSequence.ToDispatch();
        PhalaMq.OffchainIngress.Set(context.State, signed.Message.Sender, expected + 1);
        foreach (Func<BlockContext, Message, DispatchResult> reader in _readers) Offer(context.Block, signed.Message, reader);
        return QueueWriter.Push(context.Block, signed.Message);
    }

    /// <summary>A message counts whatever its readers make of it. One that fails changes nothing.</summary>
    private static void Offer(BlockContext block, Message message, Func<BlockContext, Message, DispatchResult> reader)
    {
        BlockMark mark = block.Begin();
        block.End(mark, keep: !reader(block, message).IsError);
    }
}
