using Phala.Chain;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Apis;
using Phala.Runtime.Interface.Dispatch;

namespace Phala.Runtime.Pallets;

/// <summary>Takes fees before a call is executed, gives back what it did not need, and pays the block's author at its end.</summary>
public sealed class TransactionPaymentPallet : Pallet
{
    /// <summary>Registers the hook.</summary>
    public TransactionPaymentPallet()
        : base(TransactionPayment.Shape) => FinalizeBlock = PayAuthor;

    /// <summary>The fee's parts in units of 10⁻¹² PHA.</summary>
    /// <param name="info">What the call costs.</param>
    /// <param name="length">The extrinsic's length in bytes with the length prefix.</param>
    public static InclusionFee Fee(DispatchInfo info, uint length) => info.PaysFee == Pays.No
        ? default
        : new InclusionFee(OfWeight(BlockLimits.BaseExtrinsic), OfLength(length), OfWeight(info.Weight));

    /// <summary>The fee of a weight.</summary>
    public static UInt128 OfWeight(Weight weight) => (UInt128)Math.Min(weight.RefTime, BlockLimits.Weights.MaxBlock.RefTime) * TransactionPayment.PicosecondFee;

    /// <summary>The fee of so many bytes.</summary>
    public static UInt128 OfLength(uint length) => (UInt128)length * TransactionPayment.ByteFee;

    /// <summary>
    /// Gives back what the call did not need and tells what was paid. An account that has ended gets nothing back: it would begin anew with nonce 0, and what its owner signed
    /// could be used again.
    /// </summary>
    /// <param name="block">The block.</param>
    /// <param name="who">The signer.</param>
    /// <param name="withdrawn">What was taken before, with the tip.</param>
    /// <param name="fee">What it comes to, with the tip; not more.</param>
    /// <param name="tip">The tip.</param>
    public static void Settle(BlockContext block, in AccountId who, UInt128 withdrawn, UInt128 fee, UInt128 tip)
    {
        UInt128 rest = FrameSystem.Account.TryGet(block.State, who, out _) ? withdrawn - fee : 0;
        BalancesPallet.Deposit(block, who, rest);
        block.Fees += withdrawn - rest;
        block.Deposit(new TransactionPayment.TransactionFeePaid(who, fee, tip));
    }

    private static void PayAuthor(BlockContext block)
    {
        if (AuraPallet.TryGetAuthor(block, out AccountId author)) BalancesPallet.Deposit(block, author, block.Fees);
        block.Fees = 0;
    }
}
