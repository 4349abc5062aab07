using Phala.Wasm;

namespace Phala.Testing.Wasm.Interpreter;

/// <summary>Ends an interpreted run.</summary>
public sealed class GuestTrapException(CallResult result) : Exception
{
    public CallResult Result { get; } = result;

    public static GuestTrapException Of(TrapKind kind) => new(new CallResult(CallOutcome.Trapped, kind));
}
