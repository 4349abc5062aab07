using Phala.Testing.Wasm.Interpreter;

namespace Phala.Tests.Wasm.Differential;

/// <summary>What the messages of other implementations mean. Some have one message for several traps.</summary>
internal static class ForeignTrap
{
    private static readonly (string Words, OracleTrap[] Traps)[] Messages =
    [
        ("unreachable", [OracleTrap.Unreachable]),
        ("by zero", [OracleTrap.DivisionByZero]),
        ("divide result unrepresentable", [OracleTrap.IntegerOverflow]),
        ("integer overflow", [OracleTrap.IntegerOverflow]),
        ("invalid conversion", [OracleTrap.InvalidConversion]),
        ("float unrepresentable", [OracleTrap.IntegerOverflow, OracleTrap.InvalidConversion]),
        ("data segment", [OracleTrap.MemoryOutOfBounds]),
        ("memory access", [OracleTrap.MemoryOutOfBounds]),
        ("undefined table index", [OracleTrap.UndefinedElement]),
        ("uninitialized table element", [OracleTrap.UninitializedElement]),
        ("null function or function signature", [OracleTrap.UninitializedElement, OracleTrap.IndirectCallTypeMismatch]),
        ("signature mismatch", [OracleTrap.IndirectCallTypeMismatch]),
        ("element segment", [OracleTrap.TableOutOfBounds]),
        ("table index", [OracleTrap.TableOutOfBounds, OracleTrap.UndefinedElement]),
        ("table access", [OracleTrap.TableOutOfBounds]),
    ];

    /// <summary>Whether a message, or the engine's own name of a trap, stands for this trap.</summary>
    public static bool Means(string message, OracleTrap trap) =>
        message == trap.ToString() || Messages.FirstOrDefault(known => message.Contains(known.Words, StringComparison.Ordinal)).Traps?.Contains(trap) == true;
}
