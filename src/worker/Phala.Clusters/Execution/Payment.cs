using Phala.Chain;
using Phala.Clusters.State;
using Phala.Trie;

namespace Phala.Clusters.Execution;

/// <summary>How gas and storage are paid for.</summary>
/// <remarks>
/// <b>Invariant.</b> Tokens are moved, never made: what all accounts have and what is locked for contracts together changes with deposits alone.
/// </remarks>
internal sealed class Payment(ClusterStorage storage, ClusterConfig config)
{
    /// <summary>Takes the price of the gas that a command may take, before it runs.</summary>
    /// <param name="payer">Who pays; null where the gas is free.</param>
    /// <param name="gas">The gas.</param>
    internal bool TryReserve(AccountId? payer, ulong gas) =>
        payer is not { } account || (Amounts.TryMultiply(config.Setup.GasPrice, gas, out UInt128 price) && storage.TryDebit(account, price));

    /// <summary>Pays the treasury for what was used, and gives the rest back.</summary>
    internal void Settle(AccountId? payer, ulong reserved, ulong used)
    {
        if (payer is not { } account) return;
        storage.Credit(config.Setup.TreasuryAccount, config.Setup.GasPrice * used);
        storage.Credit(account, config.Setup.GasPrice * (reserved - used));
    }

    /// <summary>Locks what written contracts store more than before, and gives back what they store less.</summary>
    /// <param name="payer">Who pays and is paid.</param>
    /// <param name="touched">Contracts that may store something else.</param>
    /// <param name="limit">What may be locked at most, less what is given back; null for any amount.</param>
    /// <param name="charge">What was locked.</param>
    /// <param name="refund">What was given back.</param>
    /// <returns>False where it can't be paid; the caller undoes everything then.</returns>
    internal bool TryLock(in AccountId payer, IReadOnlyList<Hash256> touched, UInt128? limit, out UInt128 charge, out UInt128 refund)
    {
        (charge, refund) = (0, 0);
        foreach (Hash256 contract in touched)
        {
            StorageUsage usage = storage.UsageOf(contract);
            if (!usage.TryPrice(config.Setup.DepositPerItem, config.Setup.DepositPerByte, out UInt128 deposit)) return false;
            if (deposit > usage.Deposit && !Amounts.TryAdd(charge, deposit - usage.Deposit, out charge)) return false;
            if (deposit < usage.Deposit && !Amounts.TryAdd(refund, usage.Deposit - deposit, out refund)) return false;
            storage.SetUsage(contract, usage with { Deposit = deposit });
        }

        if (charge > refund && limit < charge - refund) return false;
        if (charge >= refund) return storage.TryDebit(payer, charge - refund);
        storage.Credit(payer, refund - charge);
        return true;
    }
}
