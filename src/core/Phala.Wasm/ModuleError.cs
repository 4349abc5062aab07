namespace Phala.Wasm;

/// <summary>Why bytes are not a module that this engine runs. The groups are told apart by <see cref="ModuleErrors"/>.</summary>
public enum ModuleError
{
    /// <summary>No error.</summary>
    None = 0,

    // Malformed: the bytes do not follow the binary format (chapter 5).

    /// <summary>The bytes end within an item.</summary>
    UnexpectedEnd = 1,

    /// <summary>The first four bytes are not <c>\0asm</c>.</summary>
    BadMagic,

    /// <summary>The version is not 1.</summary>
    BadVersion,

    /// <summary>A section of unknown number.</summary>
    BadSection,

    /// <summary>A section stands twice or out of order.</summary>
    SectionOutOfOrder,

    /// <summary>A section or body is longer than what it holds.</summary>
    SizeMismatch,

    /// <summary>An integer is encoded in more bytes than its type allows.</summary>
    IntegerTooLong,

    /// <summary>An encoded integer has bits beyond its type.</summary>
    IntegerTooLarge,

    /// <summary>A name is not UTF-8.</summary>
    BadName,

    /// <summary>Not the number of a type.</summary>
    BadType,

    /// <summary>Not a flag of mutability.</summary>
    BadMutability,

    /// <summary>Not a flag of a size range.</summary>
    BadLimits,

    /// <summary>Not a kind of import or export.</summary>
    BadExternalKind,

    /// <summary>Not a flag or kind of a segment.</summary>
    BadSegment,

    /// <summary>Not an instruction.</summary>
    BadInstruction,

    /// <summary>A byte that must be zero is not.</summary>
    ReservedByte,

    /// <summary>An <c>else</c> without <c>if</c>, or a body or expression that does not close with <c>end</c>.</summary>
    BadNesting,

    /// <summary>More or fewer function bodies than functions.</summary>
    FunctionCountMismatch,

    /// <summary>More or fewer data segments than declared.</summary>
    DataCountMismatch,

    /// <summary>An instruction refers to data segments that are not counted beforehand.</summary>
    DataCountMissing,

    // Unsupported: a proposal that this engine rejects, by name.

    /// <summary>The proposal "Fixed-width SIMD" (or its relaxed variant).</summary>
    UnsupportedSimd = 100,

    /// <summary>The proposal "Threads": atomics and shared memories.</summary>
    UnsupportedThreads,

    /// <summary>The proposal "Tail call".</summary>
    UnsupportedTailCalls,

    /// <summary>The proposal "Exception handling".</summary>
    UnsupportedExceptions,

    /// <summary>The proposal "Multiple memories".</summary>
    UnsupportedMultiMemory,

    /// <summary>The proposal "Memory64".</summary>
    UnsupportedMemory64,

    /// <summary>The proposals "Garbage collection" and "Typed function references".</summary>
    UnsupportedGc,

    /// <summary>The proposal "Extended constant expressions".</summary>
    UnsupportedExtendedConstants,

    /// <summary>Floating point, where the settings forbid it.</summary>
    FloatForbidden,

    // Limits: well-formed but larger than ResourceLimits allows.

    /// <summary>The module has more bytes than allowed.</summary>
    ModuleTooLarge = 200,

    /// <summary>Too many types.</summary>
    TooManyTypes,

    /// <summary>A function type has too many parameters.</summary>
    TooManyParameters,

    /// <summary>A function type has too many results.</summary>
    TooManyResults,

    /// <summary>Too many imports.</summary>
    TooManyImports,

    /// <summary>Too many functions.</summary>
    TooManyFunctions,

    /// <summary>Too many tables.</summary>
    TooManyTables,

    /// <summary>Too many globals.</summary>
    TooManyGlobals,

    /// <summary>Too many exports.</summary>
    TooManyExports,

    /// <summary>Too many element or data segments.</summary>
    TooManySegments,

    /// <summary>Too many elements in all segments together.</summary>
    TooManyElements,

    /// <summary>Too many bytes in all data segments together.</summary>
    TooMuchData,

    /// <summary>A name is too long.</summary>
    NameTooLong,

    /// <summary>A function has too many local variables.</summary>
    TooManyLocals,

    /// <summary>A function's code is too long.</summary>
    FunctionTooLarge,

    /// <summary>A <c>br_table</c> has too many labels.</summary>
    BranchTableTooWide,

    /// <summary>Blocks are nested too deeply.</summary>
    NestingTooDeep,

    /// <summary>Too many values on the operand stack.</summary>
    OperandStackTooDeep,

    /// <summary>A memory begins larger than allowed.</summary>
    MemoryTooLarge,

    /// <summary>A table begins larger than allowed.</summary>
    TableTooLarge,

    // Invalid: well-formed, but against the validation rules (chapter 3).

    /// <summary>Operands or results do not have the types that are asked for.</summary>
    TypeMismatch = 300,

    /// <summary>No such type.</summary>
    UnknownType,

    /// <summary>No such function.</summary>
    UnknownFunction,

    /// <summary>No such table.</summary>
    UnknownTable,

    /// <summary>No such memory.</summary>
    UnknownMemory,

    /// <summary>No such global (or not yet, in a constant expression).</summary>
    UnknownGlobal,

    /// <summary>No such local variable.</summary>
    UnknownLocal,

    /// <summary>No such label.</summary>
    UnknownLabel,

    /// <summary>No such data segment.</summary>
    UnknownData,

    /// <summary>No such element segment.</summary>
    UnknownElement,

    /// <summary>An assignment to a constant global.</summary>
    ImmutableGlobal,

    /// <summary>An alignment hint beyond the size of the access.</summary>
    AlignmentTooLarge,

    /// <summary>An initial value that is not constant.</summary>
    NotConstant,

    /// <summary>Two exports have one name.</summary>
    DuplicateExport,

    /// <summary>The start function has parameters or results.</summary>
    BadStart,

    /// <summary>A reference to a function that nothing outside function bodies mentions.</summary>
    UndeclaredReference,

    /// <summary>A minimum above the maximum, or a memory beyond 65,536 pages.</summary>
    BadRange,
}
