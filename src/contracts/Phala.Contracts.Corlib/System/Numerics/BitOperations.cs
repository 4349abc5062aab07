using System.Runtime;

namespace System.Numerics;

public static class BitOperations
{
    public static bool IsPow2(int value) => value > 0 && (value & (value - 1)) == 0;

    public static bool IsPow2(uint value) => value != 0 && (value & (value - 1)) == 0;

    public static bool IsPow2(long value) => value > 0 && (value & (value - 1)) == 0;

    public static bool IsPow2(ulong value) => value != 0 && (value & (value - 1)) == 0;

    public static int LeadingZeroCount(uint value) => Machine.LeadingZeros32(value);

    public static int LeadingZeroCount(ulong value) => Machine.LeadingZeros64(value);

    public static int TrailingZeroCount(int value) => Machine.TrailingZeros32((uint)value);

    public static int TrailingZeroCount(uint value) => Machine.TrailingZeros32(value);

    public static int TrailingZeroCount(long value) => Machine.TrailingZeros64((ulong)value);

    public static int TrailingZeroCount(ulong value) => Machine.TrailingZeros64(value);

    public static int PopCount(uint value) => Machine.Ones32(value);

    public static int PopCount(ulong value) => Machine.Ones64(value);

    public static int Log2(uint value) => 31 - Machine.LeadingZeros32(value | 1);

    public static int Log2(ulong value) => 63 - Machine.LeadingZeros64(value | 1);

    public static uint RotateLeft(uint value, int offset) => Machine.RotateLeft32(value, offset);

    public static ulong RotateLeft(ulong value, int offset) => Machine.RotateLeft64(value, offset);

    public static uint RotateRight(uint value, int offset) => Machine.RotateRight32(value, offset);

    public static ulong RotateRight(ulong value, int offset) => Machine.RotateRight64(value, offset);
}
