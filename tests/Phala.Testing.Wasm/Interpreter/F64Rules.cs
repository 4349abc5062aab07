using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Interpreter;

/// <summary>
/// Operations on floating-point numbers (specification 4.3.3), written for 64 bits. The 32-bit ones use the same: a result in 53 bits,
/// rounded once more to 24, is the correctly rounded one, because 53 is at least 2·24 + 2.
/// </summary>
internal static class F64Rules
{
    private const double TwoTo52 = 4503599627370496;

    /// <summary>Arithmetic of one operand; the caller makes the result canonical where it is NaN.</summary>
    public static double Unary(Opcode opcode, double a) => opcode switch
    {
        Opcode.F32Ceil or Opcode.F64Ceil => WithSign(Ceiling(a), a),
        Opcode.F32Floor or Opcode.F64Floor => WithSign(-Ceiling(-a), a),
        Opcode.F32Trunc or Opcode.F64Trunc => Truncate(a),
        Opcode.F32Nearest or Opcode.F64Nearest => WithSign(Nearest(a), a),
        Opcode.F32Sqrt or Opcode.F64Sqrt => Math.Sqrt(a),
        Opcode.F32DemoteF64 or Opcode.F64PromoteF32 => a,
        _ => throw new ArgumentOutOfRangeException(nameof(opcode), opcode, "not a unary operation"),
    };

    public static double Binary(Opcode opcode, double a, double b) => opcode switch
    {
        Opcode.F32Add or Opcode.F64Add => a + b,
        Opcode.F32Sub or Opcode.F64Sub => a - b,
        Opcode.F32Mul or Opcode.F64Mul => a * b,
        Opcode.F32Div or Opcode.F64Div => a / b,
        Opcode.F32Min or Opcode.F64Min => Minimum(a, b),
        Opcode.F32Max or Opcode.F64Max => -Minimum(-a, -b),
        _ => throw new ArgumentOutOfRangeException(nameof(opcode), opcode, "not a binary operation"),
    };

    public static bool Compare(Opcode opcode, double a, double b) => opcode switch
    {
        Opcode.F32Eq or Opcode.F64Eq => a == b,
        Opcode.F32Ne or Opcode.F64Ne => a != b,
        Opcode.F32Lt or Opcode.F64Lt => a < b,
        Opcode.F32Gt or Opcode.F64Gt => a > b,
        Opcode.F32Le or Opcode.F64Le => a <= b,
        Opcode.F32Ge or Opcode.F64Ge => a >= b,
        _ => throw new ArgumentOutOfRangeException(nameof(opcode), opcode, "not a comparison"),
    };

    /// <summary>Towards zero, keeping the sign. From 2^52 on every number is an integer.</summary>
    public static double Truncate(double a) => double.IsNaN(a) || Math.Abs(a) >= TwoTo52 ? a : WithSign((long)a, a);

    private static double Ceiling(double a)
    {
        double towardsZero = Truncate(a);
        return towardsZero < a ? towardsZero + 1 : towardsZero;
    }

    /// <summary>To the nearest integer, ties to even: the sum with 2^52 has no room for a fraction.</summary>
    private static double Nearest(double a)
    {
        double size = Math.Abs(a);
        return double.IsNaN(a) || size >= TwoTo52 ? a : size + TwoTo52 - TwoTo52;
    }

    private static double Minimum(double a, double b)
    {
        if (double.IsNaN(a) || double.IsNaN(b)) return double.NaN;
        if (a == 0 && b == 0) return double.IsNegative(a) ? a : b;
        return a < b ? a : b;
    }

    /// <summary>Rounding never changes the sign, not even of a result that is zero.</summary>
    private static double WithSign(double result, double operand) =>
        double.IsNegative(result) == double.IsNegative(operand) ? result : -result;
}
