using System.Numerics;
using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Interpreter;

/// <summary>Conversions between types, through unlimited integers.</summary>
internal static class Conversions
{
    public static Cell Execute(Opcode opcode, Cell x)
    {
        string name = opcode.ToString();
        if (name.Contains("TruncSat", StringComparison.Ordinal)) return Truncate(name, x, saturate: true);
        if (name.Contains("TruncF", StringComparison.Ordinal)) return Truncate(name, x, saturate: false);
        return opcode switch
        {
            Opcode.I32WrapI64 => new Cell((uint)x.Bits),
            Opcode.I64ExtendI32U => new Cell((uint)x.Bits),
            Opcode.I64ExtendI32S => Cell.Of((long)x.I32),
            Opcode.I32Extend8S => Cell.Of((int)(sbyte)x.Bits),
            Opcode.I32Extend16S => Cell.Of((int)(short)x.Bits),
            Opcode.I64Extend8S => Cell.Of((long)(sbyte)x.Bits),
            Opcode.I64Extend16S => Cell.Of((long)(short)x.Bits),
            Opcode.I64Extend32S => Cell.Of((long)(int)x.Bits),
            Opcode.F32ConvertI32S => Cell.Of((float)(BigInteger)x.I32),
            Opcode.F32ConvertI32U => Cell.Of((float)(uint)x.Bits),
            Opcode.F32ConvertI64S => Cell.Of(NearestF32(x.I64)),
            Opcode.F32ConvertI64U => Cell.Of(NearestF32(x.Bits)),
            Opcode.F64ConvertI32S => Cell.Of((double)x.I32),
            Opcode.F64ConvertI32U => Cell.Of((double)(uint)x.Bits),
            Opcode.F64ConvertI64S => Cell.Of(NearestF64(x.I64)),
            Opcode.F64ConvertI64U => Cell.Of(NearestF64(x.Bits)),
            Opcode.F32DemoteF64 => Cell.Of((float)x.F64),
            Opcode.F64PromoteF32 => Cell.Of((double)x.F32),
            _ => x,
        };
    }

    private static Cell Truncate(string name, Cell x, bool saturate)
    {
        int width = name.StartsWith("I64", StringComparison.Ordinal) ? 64 : 32;
        bool signed = name.EndsWith('S');
        double value = name.Contains("F32", StringComparison.Ordinal) ? x.F32 : x.F64;
        if (double.IsNaN(value)) return saturate ? default : throw GuestTrapException.Of(TrapKind.InvalidConversion);

        BigInteger least = signed ? -(BigInteger.One << (width - 1)) : 0;
        BigInteger most = (BigInteger.One << (signed ? width - 1 : width)) - 1;
        BigInteger whole = double.IsInfinity(value) ? (value > 0 ? most + 1 : least - 1) : new BigInteger(Math.Truncate(value));
        if (!saturate && (whole < least || whole > most)) throw GuestTrapException.Of(TrapKind.IntegerOverflow);
        whole = BigInteger.Min(most, BigInteger.Max(least, whole));
        return new Cell((ulong)(whole & ((BigInteger.One << width) - 1)));
    }

    /// <summary>The nearest 32-bit number, ties to even: rounded to 24 bits as an integer, which then converts exactly.</summary>
    private static float NearestF32(BigInteger x) => (float)(double)Round(x, 24);

    private static double NearestF64(BigInteger x) => (double)Round(x, 53);

    private static BigInteger Round(BigInteger x, int precision)
    {
        BigInteger magnitude = BigInteger.Abs(x);
        int excess = (int)magnitude.GetBitLength() - precision;
        if (excess <= 0) return x;
        BigInteger unit = BigInteger.One << excess, half = unit >> 1;
        BigInteger quotient = BigInteger.DivRem(magnitude, unit, out BigInteger rest);
        if (rest > half || (rest == half && !quotient.IsEven)) quotient += 1;
        return x.Sign * quotient * unit;
    }
}
