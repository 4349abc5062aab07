using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;
using Phala.Trie.Storage;

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

    /// <summary>Whether a call without a signature proves its own right.</summary>
    public abstract TransactionValidity ValidateBare(TrieOverlay state, RuntimeCall call);
}
