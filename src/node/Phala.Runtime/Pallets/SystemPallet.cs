using Phala.Chain;
using Phala.Crypto.Hashing;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Runtime.Pallets;

/// <summary>Keeps the accounts' existence, the block's place in the chain and the hashes of the blocks before.</summary>
public sealed class SystemPallet : Pallet
{
    /// <summary>Registers the calls.</summary>
    public SystemPallet()
        : base(FrameSystem.Shape)
    {
        Call<FrameSystem.Remark>(Weights.Remark, OnRemark);
        Call<FrameSystem.RemarkWithEvent>(Weights.Remark, OnRemarkWithEvent);
        Initialize = OnInitialize;
        FinalizeBlock = OnFinalize;
    }

    /// <summary>An account begins to exist.</summary>
    public static void OnCreated(BlockContext block, in AccountId account) => block.Deposit(new FrameSystem.NewAccount(account));

    /// <summary>An account ceases to exist.</summary>
    public static void Kill(BlockContext block, in AccountId account)
    {
        FrameSystem.Account.Remove(block.State, account);
        block.Deposit(new FrameSystem.KilledAccount(account));
    }

    /// <summary>Something begins to need an account, which must exist.</summary>
    public static void AddConsumer(TrieOverlay state, in AccountId account)
    {
        AccountInfo info = FrameSystem.Account.Get(state, account);
        FrameSystem.Account.Set(state, account, info with { Consumers = info.Consumers + 1 });
    }

    /// <summary>Something does not need an account any more.</summary>
    public static void RemoveConsumer(TrieOverlay state, in AccountId account)
    {
        if (!FrameSystem.Account.TryGet(state, account, out AccountInfo info)) return;
        FrameSystem.Account.Set(state, account, info with { Consumers = info.Consumers - Math.Min(info.Consumers, 1) });
    }

    private static DispatchResult OnRemark(CallContext context, FrameSystem.Remark call) =>
        context.Origin.IsNone ? DispatchError.BadOrigin : DispatchResult.Ok;

    private static DispatchResult OnRemarkWithEvent(CallContext context, FrameSystem.RemarkWithEvent call)
    {
        if (!context.Origin.IsSigned(out AccountId sender)) return DispatchError.BadOrigin;
        Span<byte> hash = stackalloc byte[Hash256.Size];
        Blake2b.Hash256(call.Remark.AsSpan(), hash);
        context.Deposit(new FrameSystem.Remarked(sender, new Hash256(hash)));
        return DispatchResult.Ok;
    }

    private static Weight OnInitialize(BlockContext block)
    {
        TrieOverlay state = block.State;
        FrameSystem.Number.Set(state, block.Number);
        FrameSystem.ParentHash.Set(state, block.Parent.Hash);
        FrameSystem.BlockHash.Set(state, block.Parent.Number, block.Parent.Hash);
        FrameSystem.Events.Remove(state);
        FrameSystem.EventCount.Remove(state);
        return BlockLimits.BaseBlock;
    }

    /// <summary>The hash of the genesis is kept for ever: immortal transactions name it.</summary>
    private static void OnFinalize(BlockContext block)
    {
        TrieOverlay state = block.State;
        if (block.Number > BlockLimits.BlockHashCount + 1) FrameSystem.BlockHash.Remove(state, block.Number - BlockLimits.BlockHashCount - 1);
        FrameSystem.BlockWeight.Set(state, block.Meter.Used);
    }
}
