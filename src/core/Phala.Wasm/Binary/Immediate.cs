namespace Phala.Wasm.Binary;

/// <summary>What follows an instruction's number in the binary format.</summary>
internal enum Immediate : byte
{
    None,

    /// <summary>A block type.</summary>
    Block,

    /// <summary>The depth of a label.</summary>
    Label,

    /// <summary>A list of labels and a default one.</summary>
    LabelTable,

    Function,

    /// <summary>A type and a table.</summary>
    IndirectCall,

    Local,
    Global,
    Table,

    /// <summary>An alignment and an offset.</summary>
    MemoryArgument,

    /// <summary>A memory, which must be the first.</summary>
    Memory,

    I32,
    I64,
    F32,
    F64,

    /// <summary>The type of a reference.</summary>
    ReferenceType,

    /// <summary>A list of types.</summary>
    Types,

    /// <summary>A data segment and a memory.</summary>
    DataAndMemory,

    Data,

    /// <summary>Two memories.</summary>
    TwoMemories,

    /// <summary>An element segment and a table.</summary>
    ElementAndTable,

    Element,

    /// <summary>Two tables: where to, where from.</summary>
    TwoTables,
}
