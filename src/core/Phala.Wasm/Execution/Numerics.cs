using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Phala.Wasm.Execution;

/// <summary>
/// The numeric instructions that are not one CIL instruction (specification 4.3). Each method is named after its <see cref="Binary.Opcode"/>;
/// the compiler finds it by that name. Division by zero and overflow of divisions are checked before these are called.
/// </summary>
internal static class Numerics
{
    private const float TwoTo31F = 2147483648f, TwoTo32F = 4294967296f, TwoTo63F = 9223372036854775808f, TwoTo64F = 18446744073709551616f;
    private const double TwoTo31 = 2147483648.0, TwoTo32 = 4294967296.0, TwoTo63 = 9223372036854775808.0, TwoTo64 = 18446744073709551616.0;

    public static int I32Clz(int x) => BitOperations.LeadingZeroCount((uint)x);

    // Without the instruction tzcnt .NET 10 uses bsf and then takes its zero flag, which tells of the operand, for that of the result.

    public static int I32Ctz(int x) => Bmi1.IsSupported ? BitOperations.TrailingZeroCount(x) : 32 - BitOperations.LeadingZeroCount((uint)(~x & (x - 1)));

    public static int I32Popcnt(int x) => BitOperations.PopCount((uint)x);

    // Rotations are sums of shifts, which the .NET compiler does not turn into its rotate instruction: after that instruction .NET 10 omits the
    // test of a comparison with zero and reads the flags of an earlier one.

    public static int I32Rotl(int x, int count) => (x << count) + (int)((uint)x >> 1 >> (~count & 31));

    public static int I32Rotr(int x, int count) => (int)((uint)x >> count) + (x << 1 << (~count & 31));

    public static int I32RemS(int x, int y) => y == -1 ? 0 : x % y;

    public static long I64Clz(long x) => BitOperations.LeadingZeroCount((ulong)x);

    public static long I64Ctz(long x) => Bmi1.X64.IsSupported ? BitOperations.TrailingZeroCount(x) : 64 - BitOperations.LeadingZeroCount((ulong)(~x & (x - 1)));

    public static long I64Popcnt(long x) => BitOperations.PopCount((ulong)x);

    public static long I64Rotl(long x, long count) => (x << (int)count) + (long)((ulong)x >> 1 >> (int)(~count & 63));

    public static long I64Rotr(long x, long count) => (long)((ulong)x >> (int)count) + (x << 1 << (int)(~count & 63));

    public static long I64RemS(long x, long y) => y == -1 ? 0 : x % y;

    /// <summary>A constant by its bits, which the .NET compiler must not fold.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static float OpaqueF32(int bits) => BitConverter.Int32BitsToSingle(bits);

    // Sign operations work on the bits, so that a NaN keeps its payload on every machine.

    public static float F32Abs(float x) => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(x) & int.MaxValue);

    public static float F32Neg(float x) => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(x) ^ int.MinValue);

    public static float F32Copysign(float x, float y) =>
        BitConverter.Int32BitsToSingle((BitConverter.SingleToInt32Bits(x) & int.MaxValue) | (BitConverter.SingleToInt32Bits(y) & int.MinValue));

    public static double F64Abs(double x) => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(x) & long.MaxValue);

    public static double F64Neg(double x) => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(x) ^ long.MinValue);

    public static double F64Copysign(double x, double y) =>
        BitConverter.Int64BitsToDouble((BitConverter.DoubleToInt64Bits(x) & long.MaxValue) | (BitConverter.DoubleToInt64Bits(y) & long.MinValue));

    public static float F32Ceil(float x) => MathF.Ceiling(x);

    public static float F32Floor(float x) => MathF.Floor(x);

    public static float F32Trunc(float x) => MathF.Truncate(x);

    public static float F32Nearest(float x) => MathF.Round(x, MidpointRounding.ToEven);

    public static float F32Sqrt(float x) => MathF.Sqrt(x);

    // Written out, because .NET 10 compiles Math.Min with a constant -0 to an instruction that may give +0. Equal numbers differ in sign only if
    // they are zeros.

    public static float F32Min(float x, float y) =>
        x == y ? BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(x) | BitConverter.SingleToInt32Bits(y)) : x < y ? x : y < x ? y : x + y;

    public static float F32Max(float x, float y) =>
        x == y ? BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(x) & BitConverter.SingleToInt32Bits(y)) : x > y ? x : y > x ? y : x + y;

    public static double F64Ceil(double x) => Math.Ceiling(x);

    public static double F64Floor(double x) => Math.Floor(x);

    public static double F64Trunc(double x) => Math.Truncate(x);

    public static double F64Nearest(double x) => Math.Round(x, MidpointRounding.ToEven);

    public static double F64Sqrt(double x) => Math.Sqrt(x);

    public static double F64Min(double x, double y) =>
        x == y ? BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(x) | BitConverter.DoubleToInt64Bits(y)) : x < y ? x : y < x ? y : x + y;

    public static double F64Max(double x, double y) =>
        x == y ? BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(x) & BitConverter.DoubleToInt64Bits(y)) : x > y ? x : y > x ? y : x + y;

    public static int I32TruncF32S(float x) => x is >= -TwoTo31F and < TwoTo31F ? (int)x : throw BadConversion(x);

    public static int I32TruncF32U(float x) => x is > -1f and < TwoTo32F ? (int)(uint)(long)x : throw BadConversion(x);

    public static int I32TruncF64S(double x) => x is > -TwoTo31 - 1 and < TwoTo31 ? (int)x : throw BadConversion(x);

    public static int I32TruncF64U(double x) => x is > -1.0 and < TwoTo32 ? (int)(uint)(long)x : throw BadConversion(x);

    public static long I64TruncF32S(float x) => x is >= -TwoTo63F and < TwoTo63F ? (long)x : throw BadConversion(x);

    public static long I64TruncF32U(float x) => x is > -1f and < TwoTo64F ? ToUnsigned(x) : throw BadConversion(x);

    public static long I64TruncF64S(double x) => x is >= -TwoTo63 and < TwoTo63 ? (long)x : throw BadConversion(x);

    public static long I64TruncF64U(double x) => x is > -1.0 and < TwoTo64 ? ToUnsigned(x) : throw BadConversion(x);

    public static int I32TruncSatF32S(float x) => I32TruncSatF64S(x);

    public static int I32TruncSatF32U(float x) => I32TruncSatF64U(x);

    public static int I32TruncSatF64S(double x) => x is > -TwoTo31 - 1 and < TwoTo31 ? (int)x : x >= TwoTo31 ? int.MaxValue : x < 0 ? int.MinValue : 0;

    public static int I32TruncSatF64U(double x) => x is > -1.0 and < TwoTo32 ? (int)(uint)(long)x : x >= TwoTo32 ? -1 : 0;

    public static long I64TruncSatF32S(float x) => I64TruncSatF64S(x);

    public static long I64TruncSatF32U(float x) => I64TruncSatF64U(x);

    public static long I64TruncSatF64S(double x) => x is >= -TwoTo63 and < TwoTo63 ? (long)x : x >= TwoTo63 ? long.MaxValue : x < 0 ? long.MinValue : 0;

    public static long I64TruncSatF64U(double x) => x is > -1.0 and < TwoTo64 ? ToUnsigned(x) : x >= TwoTo64 ? -1 : 0;

    public static float F32ConvertI32S(int x) => x;

    public static float F32ConvertI32U(int x) => (uint)x;

    public static float F32ConvertI64S(long x) => x;

    /// <summary>Halves large numbers before the signed conversion, keeping the lost bit sticky so that rounding stays exact.</summary>
    public static float F32ConvertI64U(long x) => x >= 0 ? x : 2f * ((long)((ulong)x >> 1) | (x & 1));

    public static double F64ConvertI32S(int x) => x;

    public static double F64ConvertI32U(int x) => (uint)x;

    public static double F64ConvertI64S(long x) => x;

    /// <summary>As <see cref="F32ConvertI64U"/>.</summary>
    public static double F64ConvertI64U(long x) => x >= 0 ? x : 2.0 * ((long)((ulong)x >> 1) | (x & 1));

    public static float F32DemoteF64(double x) => (float)x;

    public static double F64PromoteF32(float x) => x;

    public static int I32ReinterpretF32(float x) => BitConverter.SingleToInt32Bits(x);

    public static long I64ReinterpretF64(double x) => BitConverter.DoubleToInt64Bits(x);

    /// <summary>Not inlined, for the reason of <see cref="OpaqueF32"/>: the operand may be a constant after propagation.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static float F32ReinterpretI32(int x) => BitConverter.Int32BitsToSingle(x);

    public static double F64ReinterpretI64(long x) => BitConverter.Int64BitsToDouble(x);

    /// <summary>The integer part of a number in [0, 2^64).</summary>
    private static long ToUnsigned(double x) => x < TwoTo63 ? (long)x : (long)(x - TwoTo63) ^ long.MinValue;

    private static Exception BadConversion(double x) => Runtime.Trap(double.IsNaN(x) ? TrapKind.InvalidConversion : TrapKind.IntegerOverflow);
}
