using Phala.Chain;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Transactions;
using Phala.Runtime.Pallets;

namespace Phala.Runtime.Execution;

/// <summary>Checks a transaction against the state and applies it: nonce, room in the block, fee, call. A transaction that is refused has changed nothing.</summary>
internal sealed class TransactionExecutor(Dispatcher dispatcher, BlockContext block)
{
    /// <summary>Applies a transaction.</summary>
    public ApplyOutcome Apply(PreparedTransaction transaction)
    {
        if (transaction.IsGeneral) return ApplyOutcome.Refused(InvalidTransaction.UnknownOrigin);
        if (transaction.IsSigned) return ApplySigned(transaction);
        return transaction.Handler.IsInherent ? ApplyInherent(transaction) : ApplyBare(transaction);
    }

    /// <summary>Whether a signed transaction could be applied, now or after others of its signer; the fee with the tip, where it could.</summary>
    /// <remarks>
    /// A signature buys no call of the class that only authors use, however deep it is wrapped: the class knows no limit of a block's weight. What comes too late is told so
    /// before it is told that nobody can pay for it, as an account that has spent all has.
    /// </remarks>
    public TransactionValidityError? CheckSigned(PreparedTransaction transaction, out UInt128 fee)
    {
        UInt128 due = TransactionPaymentPallet.Fee(transaction.Info, (uint)transaction.Length).Total, tip = transaction.Extensions.Tip;
        fee = due > UInt128.MaxValue - tip ? UInt128.MaxValue : due + tip;
        if (transaction.VerifySignature() is { } badSignature) return badSignature;
        if (transaction.Info.Class == DispatchClass.Mandatory) return InvalidTransaction.MandatoryValidation;
        if (!FrameSystem.Account.TryGet(block.State, transaction.Signer, out AccountInfo account)) return InvalidTransaction.Payment;
        if (transaction.Extensions.Nonce < account.Nonce) return InvalidTransaction.Stale;
        if (!BlockMeter.FitsInABlock(transaction.Info, transaction.Length)) return InvalidTransaction.ExhaustsResources;
        return BalancesPallet.Spendable(block.State, transaction.Signer, keepAlive: true) < fee ? InvalidTransaction.Payment : null;
    }

    private ApplyOutcome ApplySigned(PreparedTransaction transaction)
    {
        if (CheckSigned(transaction, out UInt128 fee) is { } refusal) return ApplyOutcome.Refused(refusal);
        AccountId signer = transaction.Signer;
        AccountInfo account = FrameSystem.Account.Get(block.State, signer);
        if (transaction.Extensions.Nonce > account.Nonce) return ApplyOutcome.Refused(InvalidTransaction.Future);
        if (transaction.Handler.ValidateSigned(block, signer, transaction.Call)?.RefusalNow is { } notNow) return ApplyOutcome.Refused(notNow);
        if (!block.Meter.TryTake(transaction.Info, transaction.Length)) return ApplyOutcome.Refused(InvalidTransaction.ExhaustsResources);
        FrameSystem.Account.Set(block.State, signer, account with { Nonce = account.Nonce + 1 });
        if (!BalancesPallet.TryWithdraw(block, signer, fee)) throw new InvalidOperationException("What can be spent could not be withdrawn.");

        DispatchResult result = dispatcher.Dispatch(block, transaction.Call, Origin.Signed(signer));
        DispatchInfo actual = Finish(transaction.Info, result);
        UInt128 actualFee = TransactionPaymentPallet.Fee(actual, (uint)transaction.Length).Total + transaction.Extensions.Tip;
        TransactionPaymentPallet.Settle(block, signer, fee, UInt128.Min(actualFee, fee), transaction.Extensions.Tip);
        Report(actual, result);
        return ApplyOutcome.Included(result);
    }

    /// <summary>A call that every block must hold; one that fails spoils the block.</summary>
    private ApplyOutcome ApplyInherent(PreparedTransaction transaction)
    {
        if (!block.Meter.TryTake(transaction.Info, transaction.Length)) return ApplyOutcome.Refused(InvalidTransaction.ExhaustsResources);
        DispatchResult result = dispatcher.Dispatch(block, transaction.Call, Origin.None);
        if (result.IsError) return ApplyOutcome.Refused(InvalidTransaction.BadMandatory);
        Report(Finish(transaction.Info, result), result);
        return ApplyOutcome.Included(result);
    }

    private ApplyOutcome ApplyBare(PreparedTransaction transaction)
    {
        if (transaction.Handler.ValidateBare(block, transaction.Call).RefusalNow is { } refusal) return ApplyOutcome.Refused(refusal);
        if (!block.Meter.TryTake(transaction.Info, transaction.Length)) return ApplyOutcome.Refused(InvalidTransaction.ExhaustsResources);
        DispatchResult result = dispatcher.Dispatch(block, transaction.Call, Origin.None);
        Report(Finish(transaction.Info, result), result);
        return ApplyOutcome.Included(result);
    }

    /// <summary>What the call cost after all: not more than announced.</summary>
    private DispatchInfo Finish(DispatchInfo announced, DispatchResult result)
    {
        Weight actual = result.ActualWeight is { } weight && weight.FitsIn(announced.Weight) ? weight : announced.Weight;
        block.Meter.Refund(announced.Weight - actual, announced.Class);
        return announced with { Weight = actual, PaysFee = result.PaysFee ?? announced.PaysFee };
    }

    private void Report(DispatchInfo actual, DispatchResult result)
    {
        DispatchInfo whole = actual with { Weight = actual.Weight + BlockLimits.BaseExtrinsic };
        if (result.Failed(out DispatchError error)) block.Deposit(new FrameSystem.ExtrinsicFailed(error, whole));
        else block.Deposit(new FrameSystem.ExtrinsicSuccess(whole));
    }
}
