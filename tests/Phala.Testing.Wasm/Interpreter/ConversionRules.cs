using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Interpreter;

/// <summary>Conversions between number types (specification 4.3.4).</summary>
internal static class ConversionRules
{
    private const int Precision32 = 24;
    private const int Precision64 = 53;
    private const double TwoTo63 = 9223372036854775808;

    public static OracleValue Apply(Opcode opcode, ulong a) => opcode switch
    {
        Opcode.I32WrapI64 => OracleValue.I32((uint)(a % 0x100000000)),
        Opcode.I64ExtendI32S => OracleValue.I64(I64Rules.Unary(Opcode.I64Extend32S, a)),
        Opcode.I64ExtendI32U => OracleValue.I64(a),
        Opcode.F32DemoteF64 => FloatRules.Rounded32(FloatRules.Number64(a)),
        Opcode.F64PromoteF32 => FloatRules.Canonical64(FloatRules.Number32(a)),
        Opcode.I32ReinterpretF32 => OracleValue.I32((uint)a),
        Opcode.I64ReinterpretF64 => OracleValue.I64(a),
        Opcode.F32ReinterpretI32 => OracleValue.F32((uint)a),
        Opcode.F64ReinterpretI64 => OracleValue.F64(a),
        >= Opcode.F32ConvertI32S and <= Opcode.F64ConvertI64U => FromInteger(opcode, a),
        _ => ToInteger(opcode, a),
    };

    private static OracleValue FromInteger(Opcode opcode, ulong a) => opcode switch
    {
        Opcode.F32ConvertI32S => FloatRules.Rounded32(Round((int)a, Precision32)),
        Opcode.F32ConvertI32U => FloatRules.Rounded32(Round((uint)a, Precision32)),
        Opcode.F32ConvertI64S => FloatRules.Rounded32(Round((long)a, Precision32)),
        Opcode.F32ConvertI64U => FloatRules.Rounded32(Round(a, Precision32)),
        Opcode.F64ConvertI32S => FloatRules.Canonical64(Round((int)a, Precision64)),
        Opcode.F64ConvertI32U => FloatRules.Canonical64(Round((uint)a, Precision64)),
        Opcode.F64ConvertI64S => FloatRules.Canonical64(Round((long)a, Precision64)),
        Opcode.F64ConvertI64U => FloatRules.Canonical64(Round(a, Precision64)),
        _ => throw new ArgumentOutOfRangeException(nameof(opcode), opcode, "not a conversion"),
    };

    private static OracleValue ToInteger(Opcode opcode, ulong a) => opcode switch
    {
        Opcode.I32TruncF32S => OracleValue.I32((uint)Truncate(FloatRules.Number32(a), int.MinValue, int.MaxValue)),
        Opcode.I32TruncF32U => OracleValue.I32((uint)Truncate(FloatRules.Number32(a), 0, uint.MaxValue)),
        Opcode.I32TruncF64S => OracleValue.I32((uint)Truncate(FloatRules.Number64(a), int.MinValue, int.MaxValue)),
        Opcode.I32TruncF64U => OracleValue.I32((uint)Truncate(FloatRules.Number64(a), 0, uint.MaxValue)),
        Opcode.I64TruncF32S => OracleValue.I64((ulong)Truncate(FloatRules.Number32(a), long.MinValue, long.MaxValue)),
        Opcode.I64TruncF32U => OracleValue.I64((ulong)Truncate(FloatRules.Number32(a), 0, ulong.MaxValue)),
        Opcode.I64TruncF64S => OracleValue.I64((ulong)Truncate(FloatRules.Number64(a), long.MinValue, long.MaxValue)),
        Opcode.I64TruncF64U => OracleValue.I64((ulong)Truncate(FloatRules.Number64(a), 0, ulong.MaxValue)),
        Opcode.I32TruncSatF32S => OracleValue.I32((uint)Saturate(FloatRules.Number32(a), int.MinValue, int.MaxValue)),
        Opcode.I32TruncSatF32U => OracleValue.I32((uint)Saturate(FloatRules.Number32(a), 0, uint.MaxValue)),
        Opcode.I32TruncSatF64S => OracleValue.I32((uint)Saturate(FloatRules.Number64(a), int.MinValue, int.MaxValue)),
        Opcode.I32TruncSatF64U => OracleValue.I32((uint)Saturate(FloatRules.Number64(a), 0, uint.MaxValue)),
        Opcode.I64TruncSatF32S => OracleValue.I64((ulong)Saturate(FloatRules.Number32(a), long.MinValue, long.MaxValue)),
        Opcode.I64TruncSatF32U => OracleValue.I64((ulong)Saturate(FloatRules.Number32(a), 0, ulong.MaxValue)),
        Opcode.I64TruncSatF64S => OracleValue.I64((ulong)Saturate(FloatRules.Number64(a), long.MinValue, long.MaxValue)),
        Opcode.I64TruncSatF64U => OracleValue.I64((ulong)Saturate(FloatRules.Number64(a), 0, ulong.MaxValue)),
        _ => throw new ArgumentOutOfRangeException(nameof(opcode), opcode, "not a conversion"),
    };

    private static Int128 Truncate(double a, Int128 lowest, Int128 highest)
    {
        if (double.IsNaN(a)) throw new OracleTrapException(OracleTrap.InvalidConversion);
        Int128 integer = Integer(a);
        return integer >= lowest && integer <= highest ? integer : throw new OracleTrapException(OracleTrap.IntegerOverflow);
    }

    private static Int128 Saturate(double a, Int128 lowest, Int128 highest)
    {
        if (double.IsNaN(a)) return 0;
        Int128 integer = Integer(a);
        return integer < lowest ? lowest : integer > highest ? highest : integer;
    }

    /// <summary>The integer part of a number; beyond 2^64 some number that is beyond 2^64 as well.</summary>
    private static Int128 Integer(double a)
    {
        double integer = F64Rules.Truncate(a);
        if (integer < 0) return -Integer(-integer);
        if (integer < TwoTo63) return (long)integer;
        return integer < 2 * TwoTo63 ? (Int128)(long)(integer - TwoTo63) + long.MaxValue + 1 : (Int128)1 << 100;
    }

    /// <summary>The number with so many significant bits that is nearest to an integer, ties to even.</summary>
    private static double Round(Int128 integer, int precision)
    {
        if (integer < 0) return -Round(-integer, precision);
        double scale = 1;
        Int128 unit = 1;
        for (; integer / unit >> precision != 0; unit *= 2) scale *= 2;

        Int128 quotient = integer / unit;
        Int128 twiceRest = integer % unit * 2;
        if (twiceRest > unit || (twiceRest == unit && quotient % 2 == 1)) quotient++;
        return (long)quotient * scale;
    }
}
