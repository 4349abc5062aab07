using Phala.Chain;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Trie.Storage;

namespace Phala.Runtime.Pallets;

/// <summary>Moves tokens. Their sum is the total issuance, and an account has at least the existential deposit or does not exist.</summary>
public sealed class BalancesPallet : Pallet
{
    /// <summary>Registers the calls.</summary>
    public BalancesPallet()
        : base(Balances.Shape)
    {
        Call<Balances.TransferAllowDeath>(Weights.Transfer, OnTransferAllowDeath);
        Call<Balances.ForceTransfer>(Weights.ForceTransfer, OnForceTransfer);
        Call<Balances.TransferKeepAlive>(Weights.Transfer, OnTransferKeepAlive);
        Call<Balances.TransferAll>(Weights.Transfer, OnTransferAll);
        Call<Balances.ForceSetBalance>(Weights.SetBalance, OnForceSetBalance);
        Call<Balances.Burn>(Weights.Burn, OnBurn);
    }

    /// <summary>What an account may spend.</summary>
    /// <param name="state">The state.</param>
    /// <param name="account">The account.</param>
    /// <param name="keepAlive">Whether it is to exist afterwards.</param>
    public static UInt128 Spendable(TrieOverlay state, in AccountId account, bool keepAlive)
    {
        AccountInfo info = FrameSystem.Account.Get(state, account);
        bool stays = keepAlive || info.Consumers > 0;
        UInt128 frozen = info.Data.Frozen - UInt128.Min(info.Data.Frozen, info.Data.Reserved);
        UInt128 untouchable = UInt128.Max(frozen, stays ? Balances.ExistentialDeposit : 0);
        return info.Data.Free - UInt128.Min(info.Data.Free, untouchable);
    }

    /// <summary>Sends tokens.</summary>
    public static DispatchResult Transfer(BlockContext block, in AccountId from, in AccountId to, UInt128 amount, bool keepAlive)
    {
        if (amount == 0 || from == to) return TransferNothing(block, from, to, amount, keepAlive);
        if (Check(block.State, from, amount, keepAlive).Failed(out DispatchError error)) return error;
        AccountInfo receiver = FrameSystem.Account.Get(block.State, to);
        if (receiver.Data.Free + amount < Balances.ExistentialDeposit) return DispatchError.Token(TokenError.BelowMinimum);

        Take(block, from, amount);
        Put(block, to, amount);
        block.Deposit(new Balances.Transfer(from, to, amount));
        return DispatchResult.Ok;
    }

    /// <summary>Takes tokens that will be somebody else's or nobody's: the total issuance is for the caller to keep.</summary>
    /// <returns>False where the account has not as much, or would end.</returns>
    public static bool TryWithdraw(BlockContext block, in AccountId from, UInt128 amount)
    {
        if (amount == 0) return true;
        if (Spendable(block.State, from, keepAlive: true) < amount) return false;
        Take(block, from, amount);
        block.Deposit(new Balances.Withdraw(from, amount));
        return true;
    }

    /// <summary>Gives tokens that were taken with <see cref="TryWithdraw"/>. What is too little to make an account exist is destroyed.</summary>
    public static void Deposit(BlockContext block, in AccountId to, UInt128 amount)
    {
        if (amount == 0) return;
        if (FrameSystem.Account.Get(block.State, to).Data.Free + amount < Balances.ExistentialDeposit)
        {
            DestroyIssuance(block.State, amount);
            return;
        }

        Put(block, to, amount);
        block.Deposit(new Balances.Deposit(to, amount));
    }

    private static DispatchResult OnTransferAllowDeath(CallContext context, Balances.TransferAllowDeath call) =>
        OnTransfer(context, call.Dest, call.Value, keepAlive: false);

    private static DispatchResult OnTransferKeepAlive(CallContext context, Balances.TransferKeepAlive call) =>
        OnTransfer(context, call.Dest, call.Value, keepAlive: true);

    private static DispatchResult OnTransfer(CallContext context, in MultiAddress dest, UInt128 amount, bool keepAlive)
    {
        if (!context.Origin.IsSigned(out AccountId from)) return DispatchError.BadOrigin;
        return dest.TryGetId(out AccountId to) ? Transfer(context.Block, from, to, amount, keepAlive) : DispatchError.CannotLookup;
    }

    private static DispatchResult OnForceTransfer(CallContext context, Balances.ForceTransfer call)
    {
        if (!context.Origin.IsRoot) return DispatchError.BadOrigin;
        if (!call.Source.TryGetId(out AccountId from) || !call.Dest.TryGetId(out AccountId to)) return DispatchError.CannotLookup;
        return Transfer(context.Block, from, to, call.Value, keepAlive: false);
    }

    private static DispatchResult OnTransferAll(CallContext context, Balances.TransferAll call)
    {
        if (!context.Origin.IsSigned(out AccountId from)) return DispatchError.BadOrigin;
        if (!call.Dest.TryGetId(out AccountId to)) return DispatchError.CannotLookup;
        return Transfer(context.Block, from, to, Spendable(context.State, from, call.KeepAlive), call.KeepAlive);
    }

    private static DispatchResult OnForceSetBalance(CallContext context, Balances.ForceSetBalance call)
    {
        if (!context.Origin.IsRoot) return DispatchError.BadOrigin;
        if (!call.Who.TryGetId(out AccountId who)) return DispatchError.CannotLookup;
        AccountInfo info = FrameSystem.Account.Get(context.State, who);
        UInt128 target = call.NewFree < Balances.ExistentialDeposit ? 0 : call.NewFree;
        if (target == 0 && info.Consumers > 0) return DispatchError.ConsumerRemaining;
        UInt128 issuance = Balances.TotalIssuance.Get(context.State) - info.Data.Free;
        if (target > UInt128.MaxValue - issuance) return DispatchError.Arithmetic(ArithmeticError.Overflow);

        if (target > info.Data.Free) Put(context.Block, who, target - info.Data.Free);
        else if (target < info.Data.Free) Take(context.Block, who, info.Data.Free - target);
        Balances.TotalIssuance.Set(context.State, issuance + target);
        context.Deposit(new Balances.BalanceSet(who, target));
        return DispatchResult.Ok;
    }

    private static DispatchResult OnBurn(CallContext context, Balances.Burn call)
    {
        if (!context.Origin.IsSigned(out AccountId from)) return DispatchError.BadOrigin;
        if (Spendable(context.State, from, call.KeepAlive) < call.Value) return DispatchError.Token(TokenError.FundsUnavailable);
        if (call.Value > 0) Take(context.Block, from, call.Value);
        DestroyIssuance(context.State, call.Value);
        context.Deposit(new Balances.Burned(from, call.Value));
        return DispatchResult.Ok;
    }

    private static DispatchResult TransferNothing(BlockContext block, in AccountId from, in AccountId to, UInt128 amount, bool keepAlive)
    {
        if (amount > 0 && Check(block.State, from, amount, keepAlive).Failed(out DispatchError error)) return error;
        block.Deposit(new Balances.Transfer(from, to, amount));
        return DispatchResult.Ok;
    }

    /// <summary>Why an account can't give so much, if it can't.</summary>
    private static DispatchResult Check(TrieOverlay state, in AccountId from, UInt128 amount, bool keepAlive)
    {
        if (FrameSystem.Account.Get(state, from).Data.Free < amount)
        {
            return Balances.TotalIssuance.Get(state) < amount ? DispatchError.Arithmetic(ArithmeticError.Underflow) : DispatchError.Token(TokenError.FundsUnavailable);
        }

        if (Spendable(state, from, keepAlive: false) < amount) return DispatchError.Token(TokenError.Frozen);
        if (keepAlive && Spendable(state, from, keepAlive: true) < amount) return DispatchError.Token(TokenError.NotExpendable);
        return DispatchResult.Ok;
    }

    /// <summary>Takes tokens that are there. What is left on an account that ends is destroyed.</summary>
    private static void Take(BlockContext block, in AccountId from, UInt128 amount)
    {
        AccountInfo info = FrameSystem.Account.Get(block.State, from);
        UInt128 left = info.Data.Free - amount;
        if (left + info.Data.Reserved >= Balances.ExistentialDeposit)
        {
            FrameSystem.Account.Set(block.State, from, info with { Data = info.Data with { Free = left } });
            return;
        }

        SystemPallet.Kill(block, from);
        if (left == 0) return;
        DestroyIssuance(block.State, left);
        block.Deposit(new Balances.DustLost(from, left));
    }

    /// <summary>Gives tokens that are enough to exist.</summary>
    private static void Put(BlockContext block, in AccountId to, UInt128 amount)
    {
        bool exists = FrameSystem.Account.TryGet(block.State, to, out AccountInfo info);
        if (!exists) info = AccountInfo.Missing with { Providers = 1 };
        FrameSystem.Account.Set(block.State, to, info with { Data = info.Data with { Free = info.Data.Free + amount } });
        if (exists) return;
        SystemPallet.OnCreated(block, to);
        block.Deposit(new Balances.Endowed(to, amount));
    }

    private static void DestroyIssuance(TrieOverlay state, UInt128 amount) =>
        Balances.TotalIssuance.Set(state, Balances.TotalIssuance.Get(state) - amount);
}
