using Phala.Runtime.Framework;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;

namespace Phala.Runtime.Pallets;

/// <summary>Takes the block's time from its author, as far as it lies in the block's slot and after the parent's.</summary>
public sealed class TimestampPallet : Pallet
{
    /// <summary>Registers the inherent.</summary>
    public TimestampPallet()
        : base(Timestamp.Shape)
    {
        Inherent<Timestamp.Set>(Weights.Timestamp, OnSet);
        FinalizeBlock = block => Timestamp.DidUpdate.Remove(block.State);
    }

    private static DispatchResult OnSet(CallContext context, Timestamp.Set call)
    {
        if (!context.Origin.IsNone) return DispatchError.BadOrigin;
        if (Timestamp.DidUpdate.Get(context.State)) return DispatchError.Transactional(TransactionalError.LimitReached);
        ulong before = Timestamp.Now.Get(context.State);
        if (call.Now <= before && before != 0) return DispatchError.Arithmetic(ArithmeticError.Underflow);
        if (call.Now / Aura.SlotDuration.Get(context.State) != context.Block.Slot) return DispatchError.Arithmetic(ArithmeticError.Overflow);
        Timestamp.Now.Set(context.State, call.Now);
        Timestamp.DidUpdate.Set(context.State, true);
        return DispatchResult.Ok;
    }
}
