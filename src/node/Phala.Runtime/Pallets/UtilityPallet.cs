using Phala.Chain;
using Phala.Codec;
using Phala.Crypto.Hashing;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;

namespace Phala.Runtime.Pallets;

/// <summary>Executes several calls in one, and calls for accounts that follow from the sender's.</summary>
public sealed class UtilityPallet : Pallet
{
    private readonly Func<Dispatcher> _dispatcher;

    /// <summary>Registers the calls.</summary>
    /// <param name="dispatcher">The runtime's dispatcher, which exists when all pallets do.</param>
    public UtilityPallet(Func<Dispatcher> dispatcher)
        : base(Utility.Shape)
    {
        _dispatcher = dispatcher;
        Call<Utility.Batch>(Sum([]), call => Sum(call.Calls), OnBatch);
        Call<Utility.AsDerivative>(Derived(default), call => Derived(_dispatcher().Info(call.Call)), OnAsDerivative);
        Call<Utility.BatchAll>(Sum([]), call => Sum(call.Calls), OnBatchAll);
        Call<Utility.ForceBatch>(Sum([]), call => Sum(call.Calls), OnForceBatch);
    }

    /// <summary>The account that is derived from an account and a number: nobody has a key of it.</summary>
    public static AccountId Derivative(in AccountId of, ushort index)
    {
        ReadOnlySpan<byte> domain = "modlpy/utilisuba"u8;
        Span<byte> input = stackalloc byte[domain.Length + AccountId.Size + sizeof(ushort)];
        domain.CopyTo(input);
        of.AsSpan().CopyTo(input[domain.Length..]);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16LittleEndian(input[(domain.Length + AccountId.Size)..], index);
        Span<byte> account = stackalloc byte[AccountId.Size];
        Blake2b.Hash256(input, account);
        return new AccountId(account);
    }

    private static DispatchInfo Derived(DispatchInfo inner) => inner with { Weight = inner.Weight + Weights.AsDerivative, PaysFee = Pays.Yes };

    /// <summary>A batch is operational if all of it is.</summary>
    private DispatchInfo Sum(Vec<RuntimeCall> calls)
    {
        Weight weight = Weights.Batch;
        bool operational = calls.Length > 0;
        foreach (RuntimeCall call in calls)
        {
            DispatchInfo info = _dispatcher().Info(call);
            weight += info.Weight + Weights.BatchItem;
            operational &= info.Class == DispatchClass.Operational;
        }

        return new DispatchInfo(weight, operational ? DispatchClass.Operational : DispatchClass.Normal, Pays.Yes);
    }

    private DispatchResult OnBatch(CallContext context, Utility.Batch batch)
    {
        if (Check(context, batch.Calls).Failed(out DispatchError error)) return error;
        Weight weight = Weights.Batch;
        for (int index = 0; index < batch.Calls.Length; index++)
        {
            DispatchResult result = Item(context, batch.Calls[index], ref weight);
            if (result.Failed(out error))
            {
                context.Deposit(new Utility.BatchInterrupted((uint)index, error));
                return DispatchResult.OkWith(weight);
            }

            context.Deposit(new Utility.ItemCompleted());
        }

        context.Deposit(new Utility.BatchCompleted());
        return DispatchResult.OkWith(weight);
    }

    private DispatchResult OnBatchAll(CallContext context, Utility.BatchAll batch)
    {
        if (Check(context, batch.Calls).Failed(out DispatchError error)) return error;
        Weight weight = Weights.Batch;
        foreach (RuntimeCall call in batch.Calls)
        {
            if (Item(context, call, ref weight).Failed(out error)) return DispatchResult.ErrorWith(error, weight);
            context.Deposit(new Utility.ItemCompleted());
        }

        context.Deposit(new Utility.BatchCompleted());
        return DispatchResult.OkWith(weight);
    }

    private DispatchResult OnForceBatch(CallContext context, Utility.ForceBatch batch)
    {
        if (Check(context, batch.Calls).Failed(out DispatchError error)) return error;
        Weight weight = Weights.Batch;
        bool failed = false;
        foreach (RuntimeCall call in batch.Calls)
        {
            if (!Item(context, call, ref weight).Failed(out error))
            {
                context.Deposit(new Utility.ItemCompleted());
                continue;
            }

            failed = true;
            context.Deposit(new Utility.ItemFailed(error));
        }

        if (failed) context.Deposit(new Utility.BatchCompletedWithErrors());
        else context.Deposit(new Utility.BatchCompleted());
        return DispatchResult.OkWith(weight);
    }

    private static DispatchResult OnAsDerivative(CallContext context, Utility.AsDerivative call)
    {
        if (!context.Origin.IsSigned(out AccountId sender)) return DispatchError.BadOrigin;
        DispatchResult result = context.Dispatch(call.Call, Origin.Signed(Derivative(sender, call.Index)));
        Weight weight = (result.ActualWeight ?? context.Dispatcher.Info(call.Call).Weight) + Weights.AsDerivative;
        return result.Failed(out DispatchError error) ? DispatchResult.ErrorWith(error, weight) : DispatchResult.OkWith(weight);
    }

    private static DispatchResult Item(CallContext context, RuntimeCall call, ref Weight weight)
    {
        DispatchResult result = context.Dispatch(call, context.Origin);
        weight += (result.ActualWeight ?? context.Dispatcher.Info(call).Weight) + Weights.BatchItem;
        return result;
    }

    private DispatchResult Check(CallContext context, Vec<RuntimeCall> calls)
    {
        if (context.Origin.IsNone) return DispatchError.BadOrigin;
        return calls.Length > Utility.BatchedCallsLimit ? Fail(Utility.Error.TooManyCalls) : DispatchResult.Ok;
    }
}
