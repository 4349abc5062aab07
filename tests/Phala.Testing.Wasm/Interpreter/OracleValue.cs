using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Interpreter;

/// <summary>A value with its type (specification 4.2.1). Equal when type, bits and reference are.</summary>
/// <param name="Kind">Its type.</param>
/// <param name="Bits">A number's bits, 32-bit numbers in the low half; 0 for references.</param>
/// <param name="Reference">What a reference refers to: an <see cref="OracleFunction"/>, anything of the host's, or null.</param>
public readonly record struct OracleValue(ValueKind Kind, ulong Bits, object? Reference = null)
{
    public uint Low => (uint)Bits;

    public static OracleValue I32(uint bits) => new(ValueKind.I32, bits);

    public static OracleValue I64(ulong bits) => new(ValueKind.I64, bits);

    public static OracleValue F32(uint bits) => new(ValueKind.F32, bits);

    public static OracleValue F64(ulong bits) => new(ValueKind.F64, bits);

    public static OracleValue Truth(bool condition) => I32(condition ? 1u : 0u);

    /// <summary>What a local variable of this type begins with.</summary>
    public static OracleValue Default(ValueKind kind) => new(kind, 0);
}
