namespace Phala.Clusters.Execution;

/// <summary>What contracts of one code hash do: a class of the worker's program, or WebAssembly that was added to the cluster.</summary>
/// <remarks>
/// An instance has no state of its own: whatever a contract keeps is in the call's storage, and calls of many queries run at once. An exception is a fault of the program, not a result.
/// </remarks>
public abstract class ContractCode
{
    /// <summary>Makes a contract.</summary>
    /// <param name="call">The call.</param>
    /// <param name="input">Selector and arguments. Any bytes.</param>
    public abstract CallResult Construct(CallContext call, ReadOnlySpan<byte> input);

    /// <summary>Answers a message.</summary>
    /// <param name="call">The call.</param>
    /// <param name="input">Selector and arguments. Any bytes.</param>
    public abstract CallResult Call(CallContext call, ReadOnlySpan<byte> input);
}
