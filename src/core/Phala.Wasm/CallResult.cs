namespace Phala.Wasm;

/// <summary>How a call into a guest ended.</summary>
/// <param name="Outcome">The kind of end.</param>
/// <param name="Trap">The trap, where the outcome is <see cref="CallOutcome.Trapped"/>.</param>
/// <param name="HostError">The host function's code, where the outcome is <see cref="CallOutcome.HostFailed"/>.</param>
/// <param name="Fault">What gave out, where the outcome is <see cref="CallOutcome.InternalFault"/>.</param>
public readonly record struct CallResult(CallOutcome Outcome, TrapKind Trap = TrapKind.None, int HostError = 0, Exception? Fault = null)
{
    /// <summary>Whether the function returned.</summary>
    public bool IsCompleted => Outcome == CallOutcome.Completed;

    internal static CallResult OfTrap(TrapKind kind) => new(CallOutcome.Trapped, kind);
}
