using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Interpreter;

/// <summary>Floating-point instructions. Every arithmetic result that is NaN becomes the canonical one at once.</summary>
internal static class Floats
{
    public static Cell Execute(Opcode opcode, Cell left, Cell right)
    {
        bool wide = opcode is >= Opcode.F64Eq and <= Opcode.F64Ge or >= Opcode.F64Abs and <= Opcode.F64Copysign;
        string name = opcode.ToString()[3..];
        if (opcode <= Opcode.F64Ge) return Cell.Of(wide ? Compare(name, left.F64, right.F64) : Compare(name, left.F32, right.F32));
        ulong sign = wide ? 1UL << 63 : 1UL << 31;
        switch (name)
        {
            case "Abs":
                return new Cell(left.Bits & ~sign);
            case "Neg":
                return new Cell(left.Bits ^ sign);
            case "Copysign":
                return new Cell((left.Bits & ~sign) | (right.Bits & sign));
            default:
                return wide ? Cell.Of(Calculate(name, left.F64, right.F64)) : Cell.Of(CalculateF32(name, left.F32, right.F32));
        }
    }

    private static bool Compare(string name, double x, double y) => name switch
    {
        "Eq" => x == y,
        "Ne" => x != y,
        "Lt" => x < y,
        "Gt" => x > y,
        "Le" => x <= y,
        _ => x >= y,
    };

    /// <summary>The basic operations give the same 32-bit result through 64 bits; the sum of exponents and precisions leaves room enough.</summary>
    private static float CalculateF32(string name, float x, float y) => (float)Calculate(name, x, y);

    private static double Calculate(string name, double x, double y) => name switch
    {
        "Ceil" => -Floor(-x),
        "Floor" => Floor(x),
        "Trunc" => x < 0 ? -Floor(-x) : Floor(x),
        "Nearest" => Nearest(x),
        "Sqrt" => Math.Sqrt(x),
        "Add" => x + y,
        "Sub" => x - y,
        "Mul" => x * y,
        "Div" => x / y,
        "Min" => Least(x, y),
        "Max" => -Least(-x, -y),
        _ => throw new NotSupportedException(name),
    };

    /// <summary>The greatest integer below; zeros and what is an integer already keep their sign.</summary>
    private static double Floor(double x)
    {
        if (x == 0 || double.IsNaN(x) || Math.Abs(x) >= 4503599627370496.0) return x;
        double whole = (long)x;
        if (whole > x) whole -= 1;
        return whole == 0 && double.IsNegative(x) ? -0.0 : whole;
    }

    private static double Nearest(double x)
    {
        if (double.IsNaN(x) || Math.Abs(x) >= 4503599627370496.0) return x;
        double below = Floor(x), rest = x - below;
        double result = rest < 0.5 || (rest == 0.5 && below % 2 == 0) ? below : below + 1;
        return Math.CopySign(result, x);
    }

    private static double Least(double x, double y)
    {
        if (double.IsNaN(x) || double.IsNaN(y)) return double.NaN;
        if (x == 0 && y == 0) return double.IsNegative(x) ? x : y;
        return x < y ? x : y;
    }
}
