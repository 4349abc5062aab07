using Phala.Chain;
using Phala.Codec;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;

namespace Phala.Runtime.Pallets;

/// <summary>Lets one account do what root may. Its calls are free.</summary>
public sealed class SudoPallet : Pallet
{
    private readonly Func<Dispatcher> _dispatcher;

    /// <summary>Registers the calls.</summary>
    /// <param name="dispatcher">The runtime's dispatcher, which exists when all pallets do.</param>
    public SudoPallet(Func<Dispatcher> dispatcher)
        : base(Sudo.Shape)
    {
        _dispatcher = dispatcher;
        Call<Sudo.SudoCall>(Around(default), call => Around(_dispatcher().Info(call.Call)), OnSudo);
        Call<Sudo.SudoUncheckedWeight>(default, call => new DispatchInfo(call.Weight, _dispatcher().Info(call.Call).Class, Pays.Yes), OnSudoUncheckedWeight);
        Call<Sudo.SetKey>(Weights.SetKey, OnSetKey);
        Call<Sudo.SudoAs>(Around(default), call => Around(_dispatcher().Info(call.Call)), OnSudoAs);
        Call<Sudo.RemoveKey>(Weights.SetKey, OnRemoveKey);
    }

    private static DispatchInfo Around(DispatchInfo inner) => inner with { Weight = inner.Weight + Weights.Sudo, PaysFee = Pays.Yes };

    private DispatchResult OnSudo(CallContext context, Sudo.SudoCall call)
    {
        if (Check(context).Failed(out DispatchError error)) return error;
        DispatchResult result = context.Dispatch(call.Call, Origin.Root);
        context.Deposit(new Sudo.Sudid(result.ToResult()));
        return Free(context, Around(context.Dispatcher.Info(call.Call)).Weight);
    }

    private DispatchResult OnSudoUncheckedWeight(CallContext context, Sudo.SudoUncheckedWeight call)
    {
        if (Check(context).Failed(out DispatchError error)) return error;
        DispatchResult result = context.Dispatch(call.Call, Origin.Root);
        context.Deposit(new Sudo.Sudid(result.ToResult()));
        return Free(context, call.Weight);
    }

    private DispatchResult OnSetKey(CallContext context, Sudo.SetKey call)
    {
        if (Check(context).Failed(out DispatchError error)) return error;
        if (!call.New.TryGetId(out AccountId account)) return DispatchError.CannotLookup;
        Option<AccountId> old = Sudo.Key.TryGet(context.State, out AccountId key) ? new(key) : Option<AccountId>.None;
        Sudo.Key.Set(context.State, account);
        context.Deposit(new Sudo.KeyChanged(old, account));
        return Free(context, Weights.SetKey);
    }

    private DispatchResult OnSudoAs(CallContext context, Sudo.SudoAs call)
    {
        if (Check(context).Failed(out DispatchError error)) return error;
        if (!call.Who.TryGetId(out AccountId who)) return DispatchError.CannotLookup;
        DispatchResult result = context.Dispatch(call.Call, Origin.Signed(who));
        context.Deposit(new Sudo.SudoAsDone(result.ToResult()));
        return Free(context, Around(context.Dispatcher.Info(call.Call)).Weight);
    }

    private DispatchResult OnRemoveKey(CallContext context, Sudo.RemoveKey call)
    {
        if (Check(context).Failed(out DispatchError error)) return error;
        Sudo.Key.Remove(context.State);
        context.Deposit(new Sudo.KeyRemoved());
        return Free(context, Weights.SetKey);
    }

    private DispatchResult Check(CallContext context)
    {
        if (context.Origin.IsRoot) return DispatchResult.Ok;
        if (!context.Origin.IsSigned(out AccountId sender)) return DispatchError.BadOrigin;
        return Sudo.Key.TryGet(context.State, out AccountId key) && key == sender ? DispatchResult.Ok : Fail(Sudo.Error.RequireSudo);
    }

    private static DispatchResult Free(CallContext context, Weight weight) => DispatchResult.OkWith(weight, Pays.No);
}
