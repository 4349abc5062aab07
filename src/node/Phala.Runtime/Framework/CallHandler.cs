using Phala.Chain;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;

namespace Phala.Runtime.Framework;

/// <summary>What a pallet does with one of its calls.</summary>
/// <param name="shape">The call.</param>
public abstract class CallHandler(CallShape shape)
{
    /// <summary>The call.</summary>
    public CallShape Shape { get; } = shape;

    /// <summary>Whether only authors put the call into blocks.</summary>
    public bool IsInherent { get; internal init; }

    /// <summary>The least that such a call costs; all it costs where that does not depend on its arguments.</summary>
    public abstract DispatchInfo Least { get; }

    /// <summary>What the call costs, known before it is executed.</summary>
    public abstract DispatchInfo Info(RuntimeCall call);

    /// <summary>Executes the call. What it changes stays whatever it answers: the dispatcher takes it back.</summary>
    public abstract DispatchResult Invoke(CallContext context, RuntimeCall call);

    /// <summary>Whether a call without a signature proves its own right. Where it requires tags, it comes too early for the block.</summary>
    public abstract TransactionValidity ValidateBare(BlockContext block, RuntimeCall call);

    /// <summary>
    /// What the call itself says of a transaction that an account signed: its tags are added to the account's, and where it is not valid the transaction is not. Null where it says nothing.
    /// </summary>
    public abstract TransactionValidity? ValidateSigned(BlockContext block, in AccountId signer, RuntimeCall call);
}
