namespace Phala.Testing.Wasm.Interpreter;

/// <summary>An operand: a number's bits or a reference.</summary>
public readonly record struct Cell(ulong Bits, object? Reference = null)
{
    public int I32 => (int)Bits;

    public long I64 => (long)Bits;

    public float F32 => BitConverter.UInt32BitsToSingle((uint)Bits);

    public double F64 => BitConverter.UInt64BitsToDouble(Bits);

    public static Cell Of(int value) => new((uint)value);

    public static Cell Of(bool value) => new(value ? 1UL : 0);

    public static Cell Of(long value) => new((ulong)value);

    public static Cell Of(float value) => new(float.IsNaN(value) ? 0x7FC00000 : BitConverter.SingleToUInt32Bits(value));

    public static Cell Of(double value) => new(double.IsNaN(value) ? 0x7FF8000000000000 : BitConverter.DoubleToUInt64Bits(value));
}
