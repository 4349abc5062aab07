namespace Phala.Contracts.Compiler.Code;

/// <summary>Something at a fixed place in memory: a string, an array's initial content, a static field.</summary>
internal sealed class DataSymbol(string name, byte[] content, int alignment, bool isConstant = false)
{
    public string Name { get; } = name;

    public byte[] Content { get; } = content;

    public int Alignment { get; } = alignment;

    /// <summary>Whether the content never changes.</summary>
    public bool IsConstant { get; } = isConstant;

    /// <summary>Assigned when the module is laid out; -1 before.</summary>
    public int Address { get; set; } = -1;
}
