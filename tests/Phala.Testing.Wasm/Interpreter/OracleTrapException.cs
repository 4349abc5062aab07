namespace Phala.Testing.Wasm.Interpreter;

/// <summary>Carries a trap from the instruction to the call that the embedder made; it never leaves the interpreter.</summary>
internal sealed class OracleTrapException(OracleTrap trap) : Exception(trap.ToString())
{
    public OracleTrap Trap { get; } = trap;
}
