using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Interpreter;

/// <summary>A function: code in an instance, or one of the host's (exactly one of the two).</summary>
public sealed class OracleFunction
{
    internal OracleFunction(FunctionType type, OracleInstance instance, OracleCode code)
    {
        Type = type;
        Instance = instance;
        Code = code;
    }

    /// <summary>A host function: it takes the arguments and returns the results, or null to fail.</summary>
    public OracleFunction(FunctionType type, Func<IReadOnlyList<OracleValue>, IReadOnlyList<OracleValue>?> host)
    {
        Type = type;
        Host = host;
    }

    public FunctionType Type { get; }

    internal OracleInstance? Instance { get; }

    internal OracleCode? Code { get; }

    internal Func<IReadOnlyList<OracleValue>, IReadOnlyList<OracleValue>?>? Host { get; }
}
