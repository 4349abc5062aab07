using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;
using Phala.Trie.Storage;

namespace Phala.Runtime.Framework;

/// <summary>What a pallet does with a <typeparamref name="T"/>.</summary>
/// <typeparam name="T">The record of the arguments.</typeparam>
internal sealed class CallHandler<T>(
    CallShape shape,
    DispatchInfo least,
    Func<T, DispatchInfo>? info,
    Func<CallContext, T, DispatchResult> invoke,
    Func<TrieOverlay, T, TransactionValidity>? validateBare)
    : CallHandler(shape)
    where T : ICall<T>
{
    public override DispatchInfo Least => least;

    public override DispatchInfo Info(RuntimeCall call) => info is null ? least : info(((RuntimeCall<T>)call).Arguments);

    public override DispatchResult Invoke(CallContext context, RuntimeCall call) => invoke(context, ((RuntimeCall<T>)call).Arguments);

    public override TransactionValidity ValidateBare(TrieOverlay state, RuntimeCall call) =>
        validateBare is null ? (TransactionValidity)UnknownTransaction.NoUnsignedValidator : validateBare(state, ((RuntimeCall<T>)call).Arguments);
}
