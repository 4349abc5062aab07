using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Interpreter;

/// <summary>A global variable.</summary>
public sealed class OracleGlobal(GlobalType type, OracleValue value)
{
    public GlobalType Type { get; } = type;

    public OracleValue Value { get; set; } = value;
}
