namespace Phala.Contracts.Compiler.Code;

/// <summary>A global variable of the module.</summary>
internal sealed class GlobalSlot(string name, WasmType type)
{
    public string Name { get; } = name;

    public WasmType Type { get; } = type;

    /// <summary>Assigned when the module is laid out; -1 while nothing uses it.</summary>
    public int Index { get; set; } = -1;

    /// <summary>The value at the beginning of a call.</summary>
    public long Initial { get; set; }
}
