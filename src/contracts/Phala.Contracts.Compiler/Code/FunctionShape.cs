namespace Phala.Contracts.Compiler.Code;

/// <summary>A WebAssembly function's type.</summary>
internal sealed record FunctionShape(WasmType[] Parameters, WasmType Result)
{
    public bool Equals(FunctionShape? other) => other is not null && Result == other.Result && Parameters.AsSpan().SequenceEqual(other.Parameters);

    public override int GetHashCode()
    {
        int hash = (int)Result;
        foreach (WasmType parameter in Parameters) hash = unchecked((hash * 31) + (int)parameter);
        return hash;
    }
}
