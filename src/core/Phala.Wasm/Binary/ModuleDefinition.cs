namespace Phala.Wasm.Binary;

/// <summary>
/// A module as the binary format describes it: what <see cref="ModuleDecoder"/> reads and <see cref="ModuleWriter"/> writes.
/// <para>Invariant: none beyond the shape; whether indices exist and types agree is the validator's business.</para>
/// <para>Trust: a definition that came from the decoder re-encodes to a module of the same meaning.</para>
/// </summary>
public sealed record ModuleDefinition
{
    /// <summary>Function types.</summary>
    public IReadOnlyList<FunctionType> Types { get; init; } = [];

    /// <summary>What the module asks for.</summary>
    public IReadOnlyList<Import> Imports { get; init; } = [];

    /// <summary>The type index of each function that the module defines.</summary>
    public IReadOnlyList<uint> Functions { get; init; } = [];

    /// <summary>Tables that the module defines.</summary>
    public IReadOnlyList<TableType> Tables { get; init; } = [];

    /// <summary>Memories that the module defines, in pages.</summary>
    public IReadOnlyList<Limits> Memories { get; init; } = [];

    /// <summary>Globals that the module defines.</summary>
    public IReadOnlyList<GlobalDefinition> Globals { get; init; } = [];

    /// <summary>What the module offers.</summary>
    public IReadOnlyList<Export> Exports { get; init; } = [];

    /// <summary>The function to run at instantiation, or null.</summary>
    public uint? Start { get; init; }

    /// <summary>Initial references of tables.</summary>
    public IReadOnlyList<ElementSegment> Elements { get; init; } = [];

    /// <summary>The declared number of data segments, where the module declares it.</summary>
    public uint? DataCount { get; init; }

    /// <summary>The bodies of the functions that the module defines, in their order.</summary>
    public IReadOnlyList<FunctionBody> Bodies { get; init; } = [];

    /// <summary>Initial bytes of the memory.</summary>
    public IReadOnlyList<DataSegment> Data { get; init; } = [];

    /// <summary>Sections without meaning for execution, in their order.</summary>
    public IReadOnlyList<CustomSection> CustomSections { get; init; } = [];
}
