namespace Phala.Contracts.Compiler.Code;

/// <summary>A function's code as basic blocks.</summary>
internal sealed class FunctionBody
{
    /// <summary>The first is the entry.</summary>
    public List<Block> Blocks { get; } = [];

    /// <summary>Parameters first.</summary>
    public List<Local> Locals { get; } = [];

    public required int ParameterCount { get; init; }

    public Local AddLocal(WasmType type)
    {
        Local made = new(type, Locals.Count);
        Locals.Add(made);
        return made;
    }
}
