namespace Phala.Testing.Wasm.Interpreter;

/// <summary>How a call or an instantiation ended.</summary>
/// <param name="Trap">Why it stopped, or <see cref="OracleTrap.None"/>.</param>
/// <param name="Results">What it returned, empty after a trap.</param>
public sealed record OracleOutcome(OracleTrap Trap, IReadOnlyList<OracleValue> Results);
