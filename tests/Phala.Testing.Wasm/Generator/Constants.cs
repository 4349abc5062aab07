using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Generator;

/// <summary>Constants at which something happens: edges of ranges, powers of two, NaNs, and a share of any.</summary>
internal static class Constants
{
    private static readonly ulong[] Integers =
    [
        0, 1, 2, 3, 7, 8, 15, 16, 31, 32, 33, 63, 64, 65, 127, 128, 255, 256, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000,
        0xFFFFFFFF, 0x100000000, 0x7FFFFFFFFFFFFFFF, 0x8000000000000000, ulong.MaxValue, ulong.MaxValue - 1, 0xFFFFFFFFFFFFFF80,
    ];

    private static readonly float[] Singles =
    [
        0f, -0f, 1f, -1f, 0.5f, -0.5f, 1.5f, 2.5f, -2.5f, 0.1f, 3.25f, 1e10f, -1e10f, 16777216f, 16777217f, 2147483648f, 2147483520f, -2147483648f,
        4294967296f, 4294967040f, 9223372036854775808f, 9223371487098961920f, 18446744073709551616f, float.Epsilon, float.MaxValue, float.MinValue,
        float.PositiveInfinity, float.NegativeInfinity, 1.17549435e-38f,
    ];

    private static readonly double[] Doubles =
    [
        0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 0.1, 4503599627370495.5, 4503599627370496, 9007199254740993, 2147483647, 2147483648, 2147483647.9,
        -2147483648, -2147483648.9, -2147483649, 4294967295, 4294967296, 9223372036854775808.0, 9223372036854774784.0, -9223372036854775808.0,
        18446744073709551616.0, 18446744073709549568.0, -0.9, double.Epsilon, double.MaxValue, double.MinValue, double.PositiveInfinity,
        double.NegativeInfinity, 2.2250738585072014e-308, 1e40, 3.4028235677973366e38, 1.401298464324817e-45, 7.006492321624085e-46,
    ];

    private static readonly uint[] NaN32 = [0x7FC00000, 0xFFC00000, 0x7FC12345, 0x7F800001, 0xFFFFFFFF];

    private static readonly ulong[] NaN64 = [0x7FF8000000000000, 0xFFF8000000000000, 0x7FF8000012345678, 0x7FF0000000000001, 0xFFFFFFFFFFFFFFFF];

    /// <summary>A number of this type by its bits.</summary>
    public static ulong Pick(Choice choice, ValueKind kind) => kind switch
    {
        ValueKind.I32 => (uint)Integer(choice),
        ValueKind.I64 => Integer(choice),
        ValueKind.F32 => choice.Below(10) switch
        {
            0 => choice.Of(NaN32),
            1 => (uint)choice.Bits(),
            2 or 3 => BitConverter.SingleToUInt32Bits(choice.Between(-1000, 1000) / 8f),
            _ => BitConverter.SingleToUInt32Bits(choice.Of(Singles)),
        },
        _ => choice.Below(10) switch
        {
            0 => choice.Of(NaN64),
            1 => choice.Bits(),
            2 or 3 => BitConverter.DoubleToUInt64Bits(choice.Between(-1000, 1000) / 8.0),
            _ => BitConverter.DoubleToUInt64Bits(choice.Of(Doubles)),
        },
    };

    private static ulong Integer(Choice choice) => choice.Below(4) switch
    {
        0 => choice.Bits(),
        1 => (ulong)choice.Between(-20, 100),
        _ => choice.Of(Integers),
    };
}
