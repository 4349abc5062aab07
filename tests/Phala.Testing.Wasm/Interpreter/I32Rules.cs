using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Interpreter;

/// <summary>Operations on 32-bit integers (specification 4.3.2).</summary>
internal static class I32Rules
{
    public static uint Unary(Opcode opcode, uint a) => opcode switch
    {
        Opcode.I32Eqz => a == 0 ? 1u : 0u,
        Opcode.I32Clz => LeadingZeros(a),
        Opcode.I32Ctz => TrailingZeros(a),
        Opcode.I32Popcnt => OneBits(a),
        Opcode.I32Extend8S => SignExtend(a, 8),
        Opcode.I32Extend16S => SignExtend(a, 16),
        _ => throw new ArgumentOutOfRangeException(nameof(opcode), opcode, "not a unary operation"),
    };

    public static bool Compare(Opcode opcode, uint a, uint b) => opcode switch
    {
        Opcode.I32Eq => a == b,
        Opcode.I32Ne => a != b,
        Opcode.I32LtS => (int)a < (int)b,
        Opcode.I32LtU => a < b,
        Opcode.I32GtS => (int)a > (int)b,
        Opcode.I32GtU => a > b,
        Opcode.I32LeS => (int)a <= (int)b,
        Opcode.I32LeU => a <= b,
        Opcode.I32GeS => (int)a >= (int)b,
        Opcode.I32GeU => a >= b,
        _ => throw new ArgumentOutOfRangeException(nameof(opcode), opcode, "not a comparison"),
    };

    public static uint Binary(Opcode opcode, uint a, uint b) => opcode switch
    {
        Opcode.I32Add => unchecked(a + b),
        Opcode.I32Sub => unchecked(a - b),
        Opcode.I32Mul => (uint)((ulong)a * b),
        Opcode.I32DivS => DivideSigned((int)a, (int)b),
        Opcode.I32DivU => a / NotZero(b),
        Opcode.I32RemS => (uint)((long)(int)a % (int)NotZero(b)),
        Opcode.I32RemU => a % NotZero(b),
        Opcode.I32And => a & b,
        Opcode.I32Or => a | b,
        Opcode.I32Xor => a ^ b,
        Opcode.I32Shl => (uint)((ulong)a << (int)(b % 32)),
        Opcode.I32ShrS => (uint)((long)(int)a >> (int)(b % 32)),
        Opcode.I32ShrU => (uint)((ulong)a >> (int)(b % 32)),
        Opcode.I32Rotl => Rotate(a, b % 32),
        Opcode.I32Rotr => Rotate(a, (32 - (b % 32)) % 32),
        _ => throw new ArgumentOutOfRangeException(nameof(opcode), opcode, "not a binary operation"),
    };

    private static uint DivideSigned(int a, int b)
    {
        NotZero((uint)b);
        long quotient = (long)a / b;
        if (quotient > int.MaxValue) throw new OracleTrapException(OracleTrap.IntegerOverflow);
        return (uint)quotient;
    }

    private static uint NotZero(uint divisor) => divisor != 0 ? divisor : throw new OracleTrapException(OracleTrap.DivisionByZero);

    private static uint Rotate(uint a, uint left)
    {
        for (; left > 0; left--) a = (a * 2) | (a >= 0x80000000 ? 1u : 0u);
        return a;
    }

    private static uint LeadingZeros(uint a)
    {
        uint count = 0;
        for (uint bit = 0x80000000; bit != 0 && (a & bit) == 0; bit /= 2) count++;
        return count;
    }

    private static uint TrailingZeros(uint a)
    {
        uint count = 0;
        for (; count < 32 && (a & 1) == 0; a /= 2) count++;
        return count;
    }

    private static uint OneBits(uint a)
    {
        uint count = 0;
        for (; a != 0; a /= 2) count += a % 2;
        return count;
    }

    private static uint SignExtend(uint a, int bits)
    {
        uint low = a % (1u << bits);
        return low < 1u << (bits - 1) ? low : unchecked(low - (1u << bits));
    }
}
