using Phala.Clusters.State;
using Phala.Runtime.Interface.Clusters;
using Phala.Trie;

namespace Phala.Clusters.Execution;

/// <summary>Keeps calls within what their callers let them lock.</summary>
/// <param name="storage">The state.</param>
/// <param name="active">The calls that have not ended.</param>
internal sealed class DepositWatch(ClusterStorage storage, Stack<ActiveCall> active)
{
    /// <summary>Takes note of what a contract stores, before it is written to.</summary>
    internal void Note(in Hash256 contract)
    {
        foreach (ActiveCall call in active)
        {
            if (call.DepositLimit is not null && !call.Before.ContainsKey(contract)) call.Before.Add(contract, storage.UsageOf(contract));
        }
    }

    /// <summary>Whether a call that ends has locked no more than it may.</summary>
    internal bool Holds(ActiveCall call)
    {
        if (call.DepositLimit is not { } limit) return true;
        if (!storage.TryGetConfig(out ClusterConfig config)) return false;
        (UInt128 more, UInt128 less) = (0, 0);
        foreach ((Hash256 contract, StorageUsage before) in call.Before)
        {
            if (!TryPrice(config.Setup, before, out UInt128 then) || !TryPrice(config.Setup, storage.UsageOf(contract), out UInt128 now)) return false;
            if (now > then && !Amounts.TryAdd(more, now - then, out more)) return false;
            if (now < then && !Amounts.TryAdd(less, then - now, out less)) return false;
        }

        return more <= less || more - less <= limit;
    }

    private static bool TryPrice(ClusterSetup setup, in StorageUsage usage, out UInt128 price) => usage.TryPrice(setup.DepositPerItem, setup.DepositPerByte, out price);
}
