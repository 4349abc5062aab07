namespace Phala.Testing.Wasm.Generator;

/// <summary>Numbers with many from the edges, where mistakes live.</summary>
public static class RandomBits
{
    private static readonly ulong[] Integers = [0, 1, 2, 7, 31, 32, 33, 63, 64, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, int.MaxValue, 0x80000000, uint.MaxValue, long.MaxValue, 1UL << 63, ulong.MaxValue];

    private static readonly double[] Doubles =
    [
        0.0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 0.1, 1e10, 1e20, 1e300, -1e300, 1e-300, double.Epsilon, double.MaxValue, double.PositiveInfinity,
        double.NegativeInfinity, double.NaN, 2147483647, 2147483648, -2147483649, 4294967295, 4294967296, 9223372036854775808.0, 18446744073709551616.0, 16777217,
    ];

    public static ulong Integer(Random random) => random.Next(3) switch
    {
        0 => Integers[random.Next(Integers.Length)],
        1 => (ulong)random.Next(1000) - 500UL,
        _ => (ulong)random.NextInt64(long.MinValue, long.MaxValue),
    };

    public static uint F32(Random random) => random.Next(4) switch
    {
        0 => (uint)random.NextInt64(1L << 32),
        // NaNs, quiet and signalling, of either sign.
        1 when random.Next(3) == 0 => 0x7F800001u + (uint)random.Next(0x7FFFFF) | (random.Next(2) == 0 ? 0 : 0x80000000u),
        _ => BitConverter.SingleToUInt32Bits((float)Doubles[random.Next(Doubles.Length)]),
    };

    public static ulong F64(Random random) => random.Next(4) switch
    {
        0 => (ulong)random.NextInt64(long.MinValue, long.MaxValue),
        1 when random.Next(3) == 0 => 0x7FF0000000000001 + (ulong)random.NextInt64(0xFFFFFFFFFFFFF) | (random.Next(2) == 0 ? 0 : 1UL << 63),
        _ => BitConverter.DoubleToUInt64Bits(Doubles[random.Next(Doubles.Length)]),
    };
}
