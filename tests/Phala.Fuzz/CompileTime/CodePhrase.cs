namespace Phala.Fuzz.CompileTime;

/// <summary>A few instructions that leave the operand stack as it was; what a <see cref="CodeShape"/> is made of.</summary>
public enum CodePhrase
{
    /// <summary>Two locals are added into a third.</summary>
    Locals,

    /// <summary>A local is counted up where another is not zero.</summary>
    If,

    /// <summary>Both halves of an <c>if</c>.</summary>
    IfElse,

    /// <summary>A loop that branches back.</summary>
    Loop,

    /// <summary>A block that is left early.</summary>
    Block,

    /// <summary>A branch table out of three blocks.</summary>
    BranchTable,

    /// <summary>A branch table over all labels that are open.</summary>
    WideBranchTable,

    /// <summary>A call without arguments.</summary>
    Call,

    /// <summary>A call that takes and gives as many values as the shape says.</summary>
    CallOfMany,

    /// <summary>The same through a table.</summary>
    IndirectCallOfMany,

    /// <summary>A block that takes and gives as many values as the shape says, with a branch to its label.</summary>
    BlockOfMany,

    /// <summary>A load into a local.</summary>
    Load,

    /// <summary>A store of a local.</summary>
    Store,

    /// <summary>A store of a sum of floats, whose NaN is made canonical.</summary>
    StoreOfSum,

    /// <summary>Floats are added into a local.</summary>
    FloatSum,

    /// <summary>Minimum of floats.</summary>
    FloatMinimum,

    /// <summary>A float becomes an integer, or traps.</summary>
    Truncate,

    /// <summary>A float becomes an integer, at the edge of its range where need be.</summary>
    TruncateSaturating,

    /// <summary>An integer becomes a float.</summary>
    Convert,

    /// <summary>A signed division.</summary>
    Divide,

    /// <summary>A rotation by a local.</summary>
    Rotate,

    /// <summary>A choice between two locals.</summary>
    Select,

    /// <summary>A global is counted up.</summary>
    Global,

    /// <summary>Memory is filled.</summary>
    Fill,

    /// <summary>The table is read and written.</summary>
    Table,

    /// <summary>As many operands as the shape says are pushed and then added.</summary>
    Operands,

    /// <summary>As many products as the shape says are pushed, and kept across a branch.</summary>
    OperandsAcrossBranch,

    /// <summary>An early return.</summary>
    Return,
}
