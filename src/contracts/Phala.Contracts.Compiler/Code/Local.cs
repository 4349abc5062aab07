namespace Phala.Contracts.Compiler.Code;

/// <summary>A scalar variable of a function.</summary>
internal sealed class Local(WasmType type, int number)
{
    public WasmType Type { get; } = type;

    /// <summary>In the order of creation; parameters first.</summary>
    public int Number { get; set; } = number;

    /// <summary>The index in the encoded function.</summary>
    public int Index { get; set; } = -1;

    /// <summary>How often it is read and written; counted by passes that need it.</summary>
    public int Uses { get; set; }

    public int Definitions { get; set; }

    public override string ToString() => $"${Number}";
}
