namespace Phala.Wasm;

/// <summary>
/// The most that a module or a run may use. The defaults suit contracts; <c>docs/formats/wasm-profile.md</c> lists them for authors.
/// What lies on a limit is accepted, what lies one above is refused.
/// </summary>
public sealed record ResourceLimits
{
    /// <summary>The defaults.</summary>
    public static ResourceLimits Default { get; } = new();

    /// <summary>Bytes of a module.</summary>
    public int ModuleBytes { get; init; } = 2 << 20;

    /// <summary>Function types.</summary>
    public int Types { get; init; } = 4_096;

    /// <summary>Parameters of a function or block type.</summary>
    public int Parameters { get; init; } = 128;

    /// <summary>Results of a function or block type.</summary>
    public int Results { get; init; } = 32;

    /// <summary>Imports.</summary>
    public int Imports { get; init; } = 1_024;

    /// <summary>Functions, imported ones included.</summary>
    public int Functions { get; init; } = 16_384;

    /// <summary>Tables, imported ones included.</summary>
    public int Tables { get; init; } = 16;

    /// <summary>Globals, imported ones included.</summary>
    public int Globals { get; init; } = 4_096;

    /// <summary>Exports.</summary>
    public int Exports { get; init; } = 4_096;

    /// <summary>Element segments, and again data segments.</summary>
    public int Segments { get; init; } = 4_096;

    /// <summary>Elements in all element segments together.</summary>
    public int Elements { get; init; } = 65_536;

    /// <summary>Bytes in all data segments together.</summary>
    public int DataBytes { get; init; } = 1 << 20;

    /// <summary>Bytes of one name.</summary>
    public int NameBytes { get; init; } = 1_024;

    /// <summary>Local variables of a function, parameters included.</summary>
    public int Locals { get; init; } = 4_096;

    /// <summary>Bytes of one function's instructions.</summary>
    public int FunctionBytes { get; init; } = 128 << 10;

    /// <summary>Labels of one <c>br_table</c> beyond the default one.</summary>
    public int BranchTableLabels { get; init; } = 4_096;

    /// <summary>Blocks within one another in a function.</summary>
    public int Nesting { get; init; } = 512;

    /// <summary>Values on a function's operand stack.</summary>
    public int OperandStack { get; init; } = 1_024;

    /// <summary>Pages (65,536 bytes) of a memory, at the start and by growth. At most 16,384 (1 GiB).</summary>
    public int MemoryPages { get; init; } = 256;

    /// <summary>Elements of a table, at the start and by growth.</summary>
    public int TableElements { get; init; } = 65_536;

    /// <summary>Bytes of stack that calls may use together, counted with the deterministic charge of <see cref="FrameCharge"/>; it bounds the depth of calls.</summary>
    public int StackBytes { get; init; } = 1 << 20;
}
