using System.Numerics;
using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Interpreter;

/// <summary>Integer instructions, 32 and 64 bits wide by one code: values are unlimited integers that are cut to the width at the end.</summary>
internal static class Integers
{
    /// <summary>Executes an integer comparison, test or operation on its operands.</summary>
    public static Cell Execute(Opcode opcode, Cell left, Cell right)
    {
        bool wide = opcode is >= Opcode.I64Eqz and <= Opcode.I64GeU or >= Opcode.I64Clz and <= Opcode.I64Rotr;
        int width = wide ? 64 : 32;
        string name = opcode.ToString()[3..];
        BigInteger unsignedLeft = Cut(left.Bits, width), unsignedRight = Cut(right.Bits, width);
        bool signed = name.EndsWith('S');
        BigInteger x = signed ? Signed(unsignedLeft, width) : unsignedLeft;
        BigInteger y = signed ? Signed(unsignedRight, width) : unsignedRight;
        return opcode is >= Opcode.I32Eqz and <= Opcode.I64GeU
            ? Cell.Of(Compare(name, x, y))
            : new Cell((ulong)Cut(Calculate(name, x, y, width), width));
    }

    private static bool Compare(string name, BigInteger x, BigInteger y) => name switch
    {
        "Eqz" => x.IsZero,
        "Eq" => x == y,
        "Ne" => x != y,
        "LtS" or "LtU" => x < y,
        "GtS" or "GtU" => x > y,
        "LeS" or "LeU" => x <= y,
        _ => x >= y,
    };

    private static BigInteger Calculate(string name, BigInteger x, BigInteger y, int width) => name switch
    {
        "Add" => x + y,
        "Sub" => x - y,
        "Mul" => x * y,
        "DivS" or "DivU" => Divide(x, y, name == "DivS" ? (BigInteger.One << (width - 1)) - 1 : BigInteger.One << width),
        "RemS" or "RemU" => y.IsZero ? throw GuestTrapException.Of(TrapKind.DivisionByZero) : BigInteger.Remainder(x, y),
        "And" => x & y,
        "Or" => x | y,
        "Xor" => x ^ y,
        "Shl" => x << Count(y, width),
        "ShrS" or "ShrU" => x >> Count(y, width),
        "Rotl" => (x << Count(y, width)) | (x >> (width - Count(y, width))),
        "Rotr" => (x >> Count(y, width)) | (x << (width - Count(y, width))),
        "Clz" => Bits(x, width).TakeWhile(bit => !bit).Count(),
        "Ctz" => Bits(x, width).Reverse().TakeWhile(bit => !bit).Count(),
        "Popcnt" => Bits(x, width).Count(bit => bit),
        _ => throw new NotSupportedException(name),
    };

    private static BigInteger Divide(BigInteger x, BigInteger y, BigInteger most)
    {
        if (y.IsZero) throw GuestTrapException.Of(TrapKind.DivisionByZero);
        BigInteger quotient = BigInteger.Divide(x, y);
        return quotient > most ? throw GuestTrapException.Of(TrapKind.IntegerOverflow) : quotient;
    }

    /// <summary>The bits from the highest to the lowest.</summary>
    private static IEnumerable<bool> Bits(BigInteger x, int width) => Enumerable.Range(0, width).Select(i => !((x >> (width - 1 - i)) & 1).IsZero);

    private static int Count(BigInteger y, int width) => (int)(((y % width) + width) % width);

    private static BigInteger Cut(BigInteger x, int width) => x & ((BigInteger.One << width) - 1);

    private static BigInteger Signed(BigInteger x, int width) => x >> (width - 1) == 0 ? x : x - (BigInteger.One << width);
}
