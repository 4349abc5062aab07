using Phala.Cli.Transactions;
using Phala.Client.Clusters;
using Phala.Worker.Interface.Queries;

namespace Phala.Cli.Contracts;

/// <summary>What goes with a command or a constructor: given by who sends it, or else by an estimate.</summary>
/// <param name="Gas">The gas that it may take.</param>
/// <param name="Limit">What it may lock.</param>
/// <param name="EstimatedGas">What it takes, as an estimate says; null where the gas was given.</param>
/// <param name="EstimatedDeposit">What it locks or gives back, as an estimate says; null where none was asked for.</param>
/// <param name="IsLimitEstimated">Whether the limit follows from the estimate.</param>
internal sealed record Offer(ulong Gas, DepositLimit Limit, ulong? EstimatedGas, StorageDeposit? EstimatedDeposit, bool IsLimitEstimated)
{
    /// <summary>Takes what was given, and the rest from an estimate.</summary>
    /// <param name="gas">The gas that was given; null where none was.</param>
    /// <param name="limit">The limit that was given.</param>
    /// <param name="estimate">What an estimate says; null only where both were given.</param>
    public static Offer Of(ulong? gas, DepositLimit limit, (ulong Gas, StorageDeposit Deposit)? estimate)
    {
        bool isLimitEstimated = limit.NeedsEstimate;
        ulong? estimatedGas = gas is null ? estimate!.Value.Gas : null;
        return new Offer(gas ?? GasOption.After(estimatedGas!.Value), isLimitEstimated ? DepositLimit.After(estimate!.Value.Deposit) : limit, estimatedGas, estimate?.Deposit, isLimitEstimated);
    }

    /// <summary>The offer as commands print it.</summary>
    public (string Name, string Value)[] Fields() =>
    [
        ("gasLimit", GasOption.Text(Gas, EstimatedGas)),
        ("deposit", EstimatedDeposit switch
        {
            StorageDeposit.Charge charge => $"{Amount.Text(charge.Amount)} (estimated)",
            StorageDeposit.Refund refund => $"{Amount.Text(refund.Amount)} given back (estimated)",
            _ => "-",
        }),
        ("depositLimit", Limit.Amount.TryGet(out UInt128 most) ? $"{Amount.Text(most)}{(IsLimitEstimated ? " (estimated, and a quarter more)" : "")}" : "none"),
    ];
}
