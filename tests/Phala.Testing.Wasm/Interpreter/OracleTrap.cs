namespace Phala.Testing.Wasm.Interpreter;

/// <summary>Why execution stopped for good, in the specification's terms (chapter 4), and the two resources that run out.</summary>
public enum OracleTrap
{
    None,
    Unreachable,
    DivisionByZero,
    IntegerOverflow,
    InvalidConversion,
    MemoryOutOfBounds,
    TableOutOfBounds,
    UndefinedElement,
    UninitializedElement,
    IndirectCallTypeMismatch,
    StackExhausted,
    OutOfFuel,
    HostFailed,
}
