using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Generator;

/// <summary>What the bodies of a module may refer to.</summary>
internal sealed class ModuleShape
{
    public List<FunctionType> Types { get; } = [];

    /// <summary>The type index of each function, imported ones first.</summary>
    public List<uint> FunctionTypes { get; } = [];

    public int ImportedFunctions { get; set; }

    /// <summary>How many functions there are besides the entries: those that bodies call and refer to.</summary>
    public int OrdinaryFunctions { get; set; }

    public List<GlobalType> Globals { get; } = [];

    /// <summary>The global that counts calls down.</summary>
    public uint CallBudget { get; set; }

    /// <summary>The element type and initial size of each table.</summary>
    public List<(ValueKind Element, uint Size)> Tables { get; } = [];

    /// <summary>The functions that stand in the first table at the start, by place.</summary>
    public List<uint> Slots { get; } = [];

    public bool HasMemory { get; set; }

    /// <summary>The length of each data segment.</summary>
    public List<uint> Data { get; } = [];

    /// <summary>The type and length of each element segment.</summary>
    public List<(ValueKind Element, uint Length)> Elements { get; } = [];

    public FunctionType TypeOf(uint function) => Types[(int)FunctionTypes[(int)function]];

    /// <summary>The index of a type, added where it is new.</summary>
    public uint IndexOf(FunctionType type)
    {
        int index = Types.IndexOf(type);
        if (index >= 0) return (uint)index;
        Types.Add(type);
        return (uint)(Types.Count - 1);
    }

    /// <summary>The globals of a type.</summary>
    public List<uint> GlobalsOf(ValueKind kind, bool assignable) =>
        [.. Enumerable.Range(0, Globals.Count).Where(index => Globals[index].Kind == kind && (!assignable || (Globals[index].Mutable && index != CallBudget))).Select(index => (uint)index)];
}
