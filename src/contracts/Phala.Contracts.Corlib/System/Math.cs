namespace System;

/// <summary>Integer arithmetic beyond operators.</summary>
public static class Math
{
    public static int Abs(int value) => int.Abs(value);

    public static long Abs(long value) => long.Abs(value);

    public static short Abs(short value) => short.Abs(value);

    public static sbyte Abs(sbyte value) => sbyte.Abs(value);

    public static int Sign(int value) => int.Sign(value);

    public static int Sign(long value) => long.Sign(value);

    public static byte Min(byte val1, byte val2) => val1 < val2 ? val1 : val2;

    public static sbyte Min(sbyte val1, sbyte val2) => val1 < val2 ? val1 : val2;

    public static short Min(short val1, short val2) => val1 < val2 ? val1 : val2;

    public static ushort Min(ushort val1, ushort val2) => val1 < val2 ? val1 : val2;

    public static int Min(int val1, int val2) => val1 < val2 ? val1 : val2;

    public static uint Min(uint val1, uint val2) => val1 < val2 ? val1 : val2;

    public static long Min(long val1, long val2) => val1 < val2 ? val1 : val2;

    public static ulong Min(ulong val1, ulong val2) => val1 < val2 ? val1 : val2;

    public static byte Max(byte val1, byte val2) => val1 > val2 ? val1 : val2;

    public static sbyte Max(sbyte val1, sbyte val2) => val1 > val2 ? val1 : val2;

    public static short Max(short val1, short val2) => val1 > val2 ? val1 : val2;

    public static ushort Max(ushort val1, ushort val2) => val1 > val2 ? val1 : val2;

    public static int Max(int val1, int val2) => val1 > val2 ? val1 : val2;

    public static uint Max(uint val1, uint val2) => val1 > val2 ? val1 : val2;

    public static long Max(long val1, long val2) => val1 > val2 ? val1 : val2;

    public static ulong Max(ulong val1, ulong val2) => val1 > val2 ? val1 : val2;

    public static byte Clamp(byte value, byte min, byte max) => (byte)Clamp((int)value, min, max);

    public static sbyte Clamp(sbyte value, sbyte min, sbyte max) => (sbyte)Clamp((int)value, min, max);

    public static short Clamp(short value, short min, short max) => (short)Clamp((int)value, min, max);

    public static ushort Clamp(ushort value, ushort min, ushort max) => (ushort)Clamp((int)value, min, max);

    public static int Clamp(int value, int min, int max)
    {
        if (min > max) FailClamp();
        return value < min ? min : value > max ? max : value;
    }

    public static uint Clamp(uint value, uint min, uint max)
    {
        if (min > max) FailClamp();
        return value < min ? min : value > max ? max : value;
    }

    public static long Clamp(long value, long min, long max)
    {
        if (min > max) FailClamp();
        return value < min ? min : value > max ? max : value;
    }

    public static ulong Clamp(ulong value, ulong min, ulong max)
    {
        if (min > max) FailClamp();
        return value < min ? min : value > max ? max : value;
    }

    public static int DivRem(int a, int b, out int result)
    {
        int quotient = a / b;
        result = a - quotient * b;
        return quotient;
    }

    public static long DivRem(long a, long b, out long result)
    {
        long quotient = a / b;
        result = a - quotient * b;
        return quotient;
    }

    public static (int Quotient, int Remainder) DivRem(int left, int right)
    {
        int quotient = left / right;
        return (quotient, left - quotient * right);
    }

    public static (uint Quotient, uint Remainder) DivRem(uint left, uint right)
    {
        uint quotient = left / right;
        return (quotient, left - quotient * right);
    }

    public static (long Quotient, long Remainder) DivRem(long left, long right)
    {
        long quotient = left / right;
        return (quotient, left - quotient * right);
    }

    public static (ulong Quotient, ulong Remainder) DivRem(ulong left, ulong right)
    {
        ulong quotient = left / right;
        return (quotient, left - quotient * right);
    }

    public static long BigMul(int a, int b) => (long)a * b;

    public static ulong BigMul(uint a, uint b) => (ulong)a * b;

    public static ulong BigMul(ulong a, ulong b, out ulong low)
    {
        ulong a0 = (uint)a, a1 = a >> 32, b0 = (uint)b, b1 = b >> 32;
        ulong low0 = a0 * b0, middle = a1 * b0 + (low0 >> 32), other = a0 * b1 + (uint)middle;
        low = a * b;
        return a1 * b1 + (middle >> 32) + (other >> 32);
    }

    private static void FailClamp() => throw new ArgumentException("'min' cannot be greater than max.");
}
