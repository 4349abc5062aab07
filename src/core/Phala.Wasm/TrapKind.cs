namespace Phala.Wasm;

/// <summary>What a guest did that the specification answers with a trap (4.4).</summary>
public enum TrapKind
{
    /// <summary>No trap.</summary>
    None = 0,

    /// <summary>The instruction <c>unreachable</c>.</summary>
    Unreachable,

    /// <summary>A load, store or bulk instruction beyond the memory or a data segment.</summary>
    MemoryOutOfBounds,

    /// <summary>A table instruction beyond the table or an element segment.</summary>
    TableOutOfBounds,

    /// <summary>A call through a table beyond its size.</summary>
    UndefinedElement,

    /// <summary>A call through an empty place of a table.</summary>
    UninitializedElement,

    /// <summary>A call through a table of a function of another type.</summary>
    IndirectCallTypeMismatch,

    /// <summary>An integer division by zero.</summary>
    DivisionByZero,

    /// <summary>An integer division or conversion whose result does not fit.</summary>
    IntegerOverflow,

    /// <summary>A conversion of a NaN to an integer.</summary>
    InvalidConversion,

    /// <summary>Calls used more stack than <see cref="ResourceLimits.StackBytes"/>.</summary>
    StackExhausted,
}
