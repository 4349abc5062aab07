namespace Phala.Testing.Wasm.Interpreter;

/// <summary>A function that is being executed (specification 4.2.12).</summary>
internal sealed class OracleFrame(OracleFunction function, OracleValue[] locals, int height)
{
    public OracleFunction Function { get; } = function;

    public OracleCode Code => Function.Code!;

    public OracleInstance Instance => Function.Instance!;

    public OracleValue[] Locals { get; } = locals;

    /// <summary>How many values of callers lie below.</summary>
    public int Height { get; } = height;

    /// <summary>The labels of the open blocks, the function's own first.</summary>
    public List<OracleLabel> Labels { get; } = [];

    /// <summary>The next instruction.</summary>
    public int Next { get; set; }
}
