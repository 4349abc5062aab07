using System.Buffers.Binary;
using Phala.Chain;
using Phala.Codec;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Transactions;

namespace Phala.Runtime.Execution;

/// <summary>Says of a transaction whether and how it could be in the next block, or in a later one if its nonce is ahead.</summary>
internal sealed class TransactionValidator(TransactionExecutor executor, BlockContext block)
{
    /// <summary>How long a transaction without a signature is worth keeping unless it says otherwise, in blocks.</summary>
    private const ulong ForEver = ulong.MaxValue;

    /// <summary>The pool's answer to a transaction.</summary>
    public TransactionValidity Validate(PreparedTransaction transaction)
    {
        if (transaction.IsGeneral) return InvalidTransaction.UnknownOrigin;
        if (transaction.Handler.IsInherent && !transaction.IsSigned) return InvalidTransaction.MandatoryValidation;
        if (!transaction.IsSigned) return transaction.Handler.ValidateBare(block, transaction.Call);

        if (executor.CheckSigned(transaction, out UInt128 fee) is { } error) return error;
        uint nonce = FrameSystem.Account.Get(block.State, transaction.Signer).Nonce;
        Vec<Vec<byte>> requires = transaction.Extensions.Nonce == nonce ? default : [Tag(transaction.Signer, transaction.Extensions.Nonce - 1)];
        ulong longevity = transaction.Extensions.Era.IsImmortal ? ForEver : transaction.Extensions.Era.Death(block.Number) - block.Number;
        ValidTransaction valid = new(Priority(transaction, fee), requires, [Tag(transaction.Signer, transaction.Extensions.Nonce)], longevity, Propagate: true);
        return transaction.Handler.ValidateSigned(block, transaction.Signer, transaction.Call) is { } own ? Join(valid, own) : valid;
    }

    /// <summary>What the account and the call say together.</summary>
    private static TransactionValidity Join(ValidTransaction account, TransactionValidity call) => !call.TryGet(out ValidTransaction? own, out TransactionValidityError error) ? error : account with
    {
        Requires = [.. account.Requires.AsSpan(), .. own.Requires.AsSpan()],
        Provides = [.. account.Provides.AsSpan(), .. own.Provides.AsSpan()],
        Longevity = Math.Min(account.Longevity, own.Longevity),
    };

    /// <summary>What a transaction provides: its signer and nonce.</summary>
    private static Vec<byte> Tag(in AccountId signer, uint nonce)
    {
        Span<byte> tag = stackalloc byte[AccountId.Size + sizeof(uint)];
        signer.AsSpan().CopyTo(tag);
        BinaryPrimitives.WriteUInt32LittleEndian(tag[AccountId.Size..], nonce);
        return Vec.Create<byte>(tag);
    }

    /// <summary>The tip that a block full of such transactions would bring; operational ones count some of their fee as well.</summary>
    private static ulong Priority(PreparedTransaction transaction, UInt128 fee)
    {
        ulong weight = Math.Clamp(transaction.Info.Weight.RefTime, 1, BlockLimits.Weights.MaxBlock.RefTime);
        uint limit = transaction.Info.Class == DispatchClass.Normal ? BlockLimits.Length.Normal : BlockLimits.Length.Operational;
        ulong perBlock = Math.Min(BlockLimits.Weights.MaxBlock.RefTime / weight, limit / (uint)Math.Clamp(transaction.Length, 1, limit));
        UInt128 most = UInt128.MaxValue / Math.Max(perBlock, 1);
        UInt128 priority = UInt128.Min(transaction.Extensions.Tip, most - 1) + 1;
        if (transaction.Info.Class != DispatchClass.Normal) priority = UInt128.Min(priority + UInt128.Min(fee, most / 10) * 5, most);
        return (ulong)UInt128.Min(priority * perBlock, ulong.MaxValue);
    }
}
