using Phala.Chain;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;

namespace Phala.Runtime.Framework;

/// <summary>What a pallet does with a <typeparamref name="T"/>.</summary>
/// <typeparam name="T">The record of the arguments.</typeparam>
internal sealed class CallHandler<T>(CallShape shape, DispatchInfo least, Func<T, DispatchInfo>? info, Func<CallContext, T, DispatchResult> invoke)
    : CallHandler(shape)
    where T : ICall<T>
{
    /// <summary>Whether the call proves its own right without a signature; null where none does.</summary>
    public Func<BlockContext, T, TransactionValidity>? Bare { get; init; }

    /// <summary>What the call says of a transaction that an account signed; null where nothing.</summary>
    public Func<BlockContext, AccountId, T, TransactionValidity>? Signed { get; init; }

    public override DispatchInfo Least => least;

    public override DispatchInfo Info(RuntimeCall call) => info is null ? least : info(((RuntimeCall<T>)call).Arguments);

    public override DispatchResult Invoke(CallContext context, RuntimeCall call) => invoke(context, ((RuntimeCall<T>)call).Arguments);

    public override TransactionValidity ValidateBare(BlockContext block, RuntimeCall call) =>
        Bare is null ? (TransactionValidity)UnknownTransaction.NoUnsignedValidator : Bare(block, ((RuntimeCall<T>)call).Arguments);

    public override TransactionValidity? ValidateSigned(BlockContext block, in AccountId signer, RuntimeCall call) => Signed?.Invoke(block, signer, ((RuntimeCall<T>)call).Arguments);
}
