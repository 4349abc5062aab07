namespace Phala.Testing.Wasm.Interpreter;

/// <summary>A label on the stack (specification 4.2.12).</summary>
/// <param name="Continuation">The instruction to go on with after a branch to it.</param>
/// <param name="Arity">How many values a branch carries over.</param>
/// <param name="Height">How many values lie below the block.</param>
/// <param name="IsLoop">A branch to it stays within its block.</param>
internal readonly record struct OracleLabel(int Continuation, int Arity, int Height, bool IsLoop);
