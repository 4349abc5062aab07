namespace Phala.Wasm.Execution;

/// <summary>Unwinds the guest's frames to the call that entered it. Never leaves the engine.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "internal control flow with one use")]
internal sealed class GuestStop(CallResult result) : Exception
{
    public CallResult Result { get; } = result;
}
