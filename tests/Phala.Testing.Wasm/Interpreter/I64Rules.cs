using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Interpreter;

/// <summary>Operations on 64-bit integers (specification 4.3.2).</summary>
internal static class I64Rules
{
    public static ulong Unary(Opcode opcode, ulong a) => opcode switch
    {
        Opcode.I64Clz => LeadingZeros(a),
        Opcode.I64Ctz => TrailingZeros(a),
        Opcode.I64Popcnt => OneBits(a),
        Opcode.I64Extend8S => SignExtend(a, 8),
        Opcode.I64Extend16S => SignExtend(a, 16),
        Opcode.I64Extend32S => SignExtend(a, 32),
        _ => throw new ArgumentOutOfRangeException(nameof(opcode), opcode, "not a unary operation"),
    };

    public static bool Compare(Opcode opcode, ulong a, ulong b) => opcode switch
    {
        Opcode.I64Eq => a == b,
        Opcode.I64Ne => a != b,
        Opcode.I64LtS => (long)a < (long)b,
        Opcode.I64LtU => a < b,
        Opcode.I64GtS => (long)a > (long)b,
        Opcode.I64GtU => a > b,
        Opcode.I64LeS => (long)a <= (long)b,
        Opcode.I64LeU => a <= b,
        Opcode.I64GeS => (long)a >= (long)b,
        Opcode.I64GeU => a >= b,
        _ => throw new ArgumentOutOfRangeException(nameof(opcode), opcode, "not a comparison"),
    };

    public static ulong Binary(Opcode opcode, ulong a, ulong b) => opcode switch
    {
        Opcode.I64Add => unchecked(a + b),
        Opcode.I64Sub => unchecked(a - b),
        Opcode.I64Mul => unchecked(a * b),
        Opcode.I64DivS => DivideSigned((long)a, (long)b),
        Opcode.I64DivU => a / NotZero(b),
        Opcode.I64RemS => (ulong)((Int128)(long)a % (long)NotZero(b)),
        Opcode.I64RemU => a % NotZero(b),
        Opcode.I64And => a & b,
        Opcode.I64Or => a | b,
        Opcode.I64Xor => a ^ b,
        Opcode.I64Shl => (ulong)((UInt128)a << (int)(b % 64)),
        Opcode.I64ShrS => (ulong)((Int128)(long)a >> (int)(b % 64)),
        Opcode.I64ShrU => (ulong)((UInt128)a >> (int)(b % 64)),
        Opcode.I64Rotl => Rotate(a, b % 64),
        Opcode.I64Rotr => Rotate(a, (64 - (b % 64)) % 64),
        _ => throw new ArgumentOutOfRangeException(nameof(opcode), opcode, "not a binary operation"),
    };

    private static ulong DivideSigned(long a, long b)
    {
        NotZero((ulong)b);
        Int128 quotient = (Int128)a / b;
        if (quotient > long.MaxValue) throw new OracleTrapException(OracleTrap.IntegerOverflow);
        return (ulong)(long)quotient;
    }

    private static ulong NotZero(ulong divisor) => divisor != 0 ? divisor : throw new OracleTrapException(OracleTrap.DivisionByZero);

    private static ulong Rotate(ulong a, ulong left)
    {
        for (; left > 0; left--) a = unchecked(a * 2) | (a >= 0x8000000000000000 ? 1ul : 0ul);
        return a;
    }

    private static ulong LeadingZeros(ulong a)
    {
        ulong count = 0;
        for (ulong bit = 0x8000000000000000; bit != 0 && (a & bit) == 0; bit /= 2) count++;
        return count;
    }

    private static ulong TrailingZeros(ulong a)
    {
        ulong count = 0;
        for (; count < 64 && (a & 1) == 0; a /= 2) count++;
        return count;
    }

    private static ulong OneBits(ulong a)
    {
        ulong count = 0;
        for (; a != 0; a /= 2) count += a % 2;
        return count;
    }

    private static ulong SignExtend(ulong a, int bits)
    {
        ulong low = a % (1ul << bits);
        return low < 1ul << (bits - 1) ? low : unchecked(low - (1ul << bits));
    }
}
