using System.Numerics;
using Phala.Chain;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;

namespace Phala.Tests.Runtime.Model;

/// <summary>
/// Tokens as Substrate's pallet moves them (its <c>fungible</c> traits): whether an account can give, whether another can take, then both, with events in their order.
/// </summary>
internal sealed class ModelBalances(ModelChain chain)
{
    public static readonly BigInteger Deposit = 10_000_000_000, Most = (BigInteger.One << 128) - 1;

    /// <summary>What an account may give: one that is needed, or is to live, keeps the existential deposit.</summary>
    public BigInteger Reducible(AccountId id, bool keepAlive)
    {
        if (chain.AccountOf(id) is not { } account) return 0;
        return keepAlive || account.Consumers > 0 ? BigInteger.Max(account.Free - Deposit, 0) : account.Free;
    }

    public ModelResult Transfer(AccountId from, AccountId to, BigInteger amount, bool keepAlive)
    {
        if (CanWithdraw(from, amount, keepAlive) is { } refused) return refused;
        if (amount > 0 && FreeOf(to) + amount < Deposit) return DispatchError.Token(TokenError.BelowMinimum);
        if (from != to && amount > 0)
        {
            Decrease(from, amount);
            Increase(to, amount);
        }

        chain.Tell(new Balances.Transfer(from, to, (UInt128)amount));
        return ModelResult.Ok;
    }

    public ModelResult Burn(AccountId from, BigInteger amount, bool keepAlive)
    {
        if (Reducible(from, keepAlive) < amount) return DispatchError.Token(TokenError.FundsUnavailable);
        if (amount > 0) Decrease(from, amount);
        chain.State = chain.State with { Issuance = chain.State.Issuance - amount };
        chain.Tell(new Balances.Burned(from, (UInt128)amount));
        return ModelResult.Ok;
    }

    public ModelResult SetBalance(AccountId who, BigInteger wanted)
    {
        BigInteger target = wanted < Deposit ? 0 : wanted, before = FreeOf(who);
        if (target == 0 && chain.AccountOf(who) is { Consumers: > 0 }) return DispatchError.ConsumerRemaining;
        if (chain.State.Issuance - before + target > Most) return DispatchError.Arithmetic(ArithmeticError.Overflow);
        if (target > before) Increase(who, target - before);
        if (target < before) Decrease(who, before - target);
        chain.State = chain.State with { Issuance = chain.State.Issuance - before + target };
        chain.Tell(new Balances.BalanceSet(who, (UInt128)target));
        return ModelResult.Ok;
    }

    /// <summary>Takes a fee, which leaves the existential deposit.</summary>
    public void Withdraw(AccountId from, BigInteger amount)
    {
        if (amount == 0) return;
        Decrease(from, amount);
        chain.Tell(new Balances.Withdraw(from, (UInt128)amount));
    }

    /// <summary>Gives what was taken before; what can't make an account exist is lost.</summary>
    public void Give(AccountId to, BigInteger amount)
    {
        if (amount == 0) return;
        if (FreeOf(to) + amount < Deposit)
        {
            chain.State = chain.State with { Issuance = chain.State.Issuance - amount };
            return;
        }

        Increase(to, amount);
        chain.Tell(new Balances.Deposit(to, (UInt128)amount));
    }

    public BigInteger FreeOf(AccountId id) => chain.AccountOf(id)?.Free ?? 0;

    private DispatchError? CanWithdraw(AccountId from, BigInteger amount, bool keepAlive)
    {
        if (amount == 0) return null;
        if (amount > chain.State.Issuance) return DispatchError.Arithmetic(ArithmeticError.Underflow);
        if (amount > FreeOf(from)) return DispatchError.Token(TokenError.FundsUnavailable);
        if (amount > Reducible(from, keepAlive: false)) return DispatchError.Token(TokenError.Frozen);
        return keepAlive && FreeOf(from) - amount < Deposit ? DispatchError.Token(TokenError.NotExpendable) : null;
    }

    private void Decrease(AccountId from, BigInteger amount)
    {
        ModelAccount account = chain.AccountOf(from)!;
        BigInteger left = account.Free - amount;
        if (left >= Deposit)
        {
            chain.Put(from, account with { Free = left });
            return;
        }

        chain.Put(from, null);
        chain.Tell(new FrameSystem.KilledAccount(from));
        if (left == 0) return;
        chain.State = chain.State with { Issuance = chain.State.Issuance - left };
        chain.Tell(new Balances.DustLost(from, (UInt128)left));
    }

    private void Increase(AccountId to, BigInteger amount)
    {
        ModelAccount? account = chain.AccountOf(to);
        chain.Put(to, (account ?? new ModelAccount(0)) with { Free = (account?.Free ?? 0) + amount });
        if (account is not null) return;
        chain.Tell(new FrameSystem.NewAccount(to));
        chain.Tell(new Balances.Endowed(to, (UInt128)amount));
    }
}
