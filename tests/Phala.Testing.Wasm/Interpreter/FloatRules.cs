using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Interpreter;

/// <summary>
/// Floating-point instructions on the bits of their operands. A result of arithmetic that is NaN has the canonical bits with positive sign,
/// the deterministic choice among those that the specification allows (4.3.3); sign operations work on bits alone.
/// </summary>
internal static class FloatRules
{
    public const uint CanonicalNaN32 = 0x7FC00000;
    public const ulong CanonicalNaN64 = 0x7FF8000000000000;

    private const uint Sign32 = 0x80000000;
    private const ulong Sign64 = 0x8000000000000000;

    /// <summary>The value of the bits of a 32-bit number.</summary>
    public static double Number32(ulong bits) => BitConverter.UInt32BitsToSingle((uint)bits);

    /// <summary>The value of the bits of a 64-bit number.</summary>
    public static double Number64(ulong bits) => BitConverter.UInt64BitsToDouble(bits);

    public static OracleValue Unary(Opcode opcode, ulong a) => opcode switch
    {
        Opcode.F32Abs => OracleValue.F32((uint)a & ~Sign32),
        Opcode.F32Neg => OracleValue.F32((uint)a ^ Sign32),
        Opcode.F64Abs => OracleValue.F64(a & ~Sign64),
        Opcode.F64Neg => OracleValue.F64(a ^ Sign64),
        >= Opcode.F32Ceil and <= Opcode.F32Sqrt => Rounded32(F64Rules.Unary(opcode, Number32(a))),
        _ => Canonical64(F64Rules.Unary(opcode, Number64(a))),
    };

    public static OracleValue Binary(Opcode opcode, ulong a, ulong b) => opcode switch
    {
        Opcode.F32Copysign => OracleValue.F32(((uint)a & ~Sign32) | ((uint)b & Sign32)),
        Opcode.F64Copysign => OracleValue.F64((a & ~Sign64) | (b & Sign64)),
        >= Opcode.F32Add and <= Opcode.F32Max => Rounded32(F64Rules.Binary(opcode, Number32(a), Number32(b))),
        _ => Canonical64(F64Rules.Binary(opcode, Number64(a), Number64(b))),
    };

    public static OracleValue Compare(Opcode opcode, ulong a, ulong b) => OracleValue.Truth(opcode <= Opcode.F32Ge
        ? F64Rules.Compare(opcode, Number32(a), Number32(b))
        : F64Rules.Compare(opcode, Number64(a), Number64(b)));

    public static OracleValue Rounded32(double result) =>
        OracleValue.F32(double.IsNaN(result) ? CanonicalNaN32 : BitConverter.SingleToUInt32Bits((float)result));

    public static OracleValue Canonical64(double result) =>
        OracleValue.F64(double.IsNaN(result) ? CanonicalNaN64 : BitConverter.DoubleToUInt64Bits(result));
}
