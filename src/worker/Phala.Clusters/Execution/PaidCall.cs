using Phala.Chain;
using Phala.Clusters.Pink;
using Phala.Clusters.State;
using Phala.Codec;
using Phala.Worker.Interface.Receipts;

namespace Phala.Clusters.Execution;

/// <summary>A call or a constructor of a command: gas is paid whatever comes of it, everything else stays only if it returned and its storage is paid for.</summary>
internal sealed class PaidCall(ClusterStorage storage, in ClusterConfig config, AccountId payer, bool isFree, ulong gasLimit, Option<UInt128> depositLimit)
{
    private readonly Payment _payment = new(storage, config);
    private readonly ulong _gas = Math.Min(gasLimit, Execution.Fuel.MostOfCommand);
    private CallEngine? _engine;

    /// <summary>Runs the call. Made by <see cref="TryBegin"/>.</summary>
    internal CallEngine Engine => _engine!;

    /// <summary>What was emitted, where the call stays.</summary>
    internal IReadOnlyList<ContractEvent> Events { get; private set; } = [];

    /// <summary>What came into being, where the call stays.</summary>
    internal IReadOnlyList<MadeContract> Made { get; private set; } = [];

    /// <summary>What was locked for what the call stores, where it stays, and what was given back.</summary>
    internal (UInt128 Charge, UInt128 Refund) Deposit { get; private set; }

    /// <summary>Whether what the call stores is paid for, or it does not stay for another reason.</summary>
    internal bool IsPaid { get; private set; } = true;

    /// <summary>Reserves the gas and opens the call's transaction; false, without a trace, where the payer does not have that much.</summary>
    internal bool TryBegin(ContractCodes codes, in ExecutionPoint point, CommandExtension extension)
    {
        if (!_payment.TryReserve(isFree ? null : payer, _gas)) return false;
        _engine = new CallEngine(codes, storage, ExecutionMode.Command, point, _gas, extension);
        storage.Begin();
        return true;
    }

    /// <summary>Ends what <see cref="TryBegin"/> began.</summary>
    internal CallResult End(in CallResult result, out OutcomeStatus status)
    {
        status = StatusOf(result);
        bool isKept = result.IsKept;
        (UInt128 charge, UInt128 refund) = (0, 0);
        if (isKept && !_payment.TryLock(payer, Engine.Touched, depositLimit.TryGet(out UInt128 limit) ? limit : null, out charge, out refund))
        {
            (isKept, IsPaid, status) = (false, false, OutcomeStatus.DepositFailed);
        }

        if (isKept) storage.Commit();
        else storage.Rollback();
        if (isKept) (Events, Made, Deposit) = (Engine.Events, Engine.Made, (charge, refund));
        _payment.Settle(isFree ? null : payer, _gas, Engine.Fuel.Used);
        return status == OutcomeStatus.DepositFailed ? CallResult.Fail(CallStatus.Trapped) : result;
    }

    private static OutcomeStatus StatusOf(in CallResult result) => result.Status switch
    {
        CallStatus.Returned => OutcomeStatus.Succeeded,
        CallStatus.Reverted => OutcomeStatus.Reverted,
        CallStatus.OutOfGas => OutcomeStatus.OutOfGas,
        CallStatus.TransferFailed => OutcomeStatus.TransferFailed,
        CallStatus.OutputTooLong => OutcomeStatus.OutputTooLong,
        _ => OutcomeStatus.Trapped,
    };
}
