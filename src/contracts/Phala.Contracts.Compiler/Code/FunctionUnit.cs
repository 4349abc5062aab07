namespace Phala.Contracts.Compiler.Code;

/// <summary>A function of the module: compiled from a method, made by the compiler, or imported.</summary>
internal sealed class FunctionUnit(string name, FunctionShape shape)
{
    public string Name { get; } = name;

    public FunctionShape Shape { get; } = shape;

    /// <summary>Module and name of an import, otherwise null.</summary>
    public (string Module, string Name)? Import { get; init; }

    /// <summary>The body; null for imports and until it is compiled.</summary>
    public FunctionBody? Body { get; set; }

    /// <summary>Whether a call never returns.</summary>
    public bool NeverReturns { get; set; }

    /// <summary>The place in the table of functions that delegates refer to; -1 if it has none.</summary>
    public int TableIndex { get; set; } = -1;

    public override string ToString() => Name;
}
