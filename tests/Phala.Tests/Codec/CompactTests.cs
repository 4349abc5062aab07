using System.Numerics;
using Phala.Codec;
using Phala.Codec.Codecs;
using Xunit;

namespace Phala.Tests.Codec;

/// <summary>Compact integers: one form for each number, and no other is read.</summary>
public sealed class CompactTests
{
    /// <summary>Every power of two and its neighbours, where forms change.</summary>
    public static IEnumerable<BigInteger> Edges()
    {
        for (int bits = 0; bits <= 256; bits++)
        {
            for (int offset = -1; offset <= 1; offset++)
            {
                BigInteger value = (BigInteger.One << bits) + offset;
                if (value < BigInteger.One << 256) yield return value;
            }
        }
    }

    [Fact]
    public void EveryWidthReadsAndWritesTheNaiveForm()
    {
        foreach (BigInteger value in Edges())
        {
            byte[] expected = NaiveScale.Compact(value);
            AssertForm<CompactU8Codec, byte>(value, 8, v => (byte)v, expected);
            AssertForm<CompactU16Codec, ushort>(value, 16, v => (ushort)v, expected);
            AssertForm<CompactU32Codec, uint>(value, 32, v => (uint)v, expected);
            AssertForm<CompactU64Codec, ulong>(value, 64, v => (ulong)v, expected);
            AssertForm<CompactU128Codec, UInt128>(value, 128, v => (UInt128)v, expected);
            AssertForm<CompactU256Codec, UInt256>(value, 256, v => (UInt256)v, expected);
        }
    }

    [Theory]
    [InlineData("0100")] // 0 in two bytes
    [InlineData("fd00")] // 63 in two bytes
    [InlineData("02000000")] // 0 in four bytes
    [InlineData("feff0000")] // 16383 in four bytes
    [InlineData("0300000000")] // 0 in five bytes
    [InlineData("03ffffff3f")] // 2^30 − 1 in five bytes
    [InlineData("070000000100")] // a leading zero among five following bytes
    [InlineData("13ffffffffffffff00")] // and among eight
    [InlineData("17ffffffffffffffff00")] // and among nine
    [InlineData("33ffffffffffffffffffffffffffffff00")] // and among sixteen
    public void LongerFormsAreRefused(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);
        Assert.Equal((ScaleError.NonMinimalCompact, 0), ErrorOf<CompactU256Codec, UInt256>(bytes));
        if (bytes.Length <= 17) Assert.Equal((ScaleError.NonMinimalCompact, 0), ErrorOf<CompactU128Codec, UInt128>(bytes));
        if (bytes.Length <= 9) Assert.Equal((ScaleError.NonMinimalCompact, 0), ErrorOf<CompactU64Codec, ulong>(bytes));
    }

    [Fact]
    public void ModeThreeAllowsNoMoreBytesThanTheTypeHas()
    {
        byte[] bytes = [0x77, .. Enumerable.Repeat((byte)1, 33)]; // 33 following bytes
        Assert.Equal((ScaleError.CompactOverflow, 0), ErrorOf<CompactU256Codec, UInt256>(bytes));
        bytes = [0x37, .. Enumerable.Repeat((byte)1, 17)];
        Assert.Equal((ScaleError.CompactOverflow, 0), ErrorOf<CompactU128Codec, UInt128>(bytes));
        bytes = [0x17, .. Enumerable.Repeat((byte)1, 9)];
        Assert.Equal((ScaleError.CompactOverflow, 0), ErrorOf<CompactU64Codec, ulong>(bytes));
    }

    private static void AssertForm<TCodec, T>(BigInteger value, int bits, Func<BigInteger, T> narrow, byte[] expected)
        where TCodec : IScaleCodec<T>
    {
        if (value >= BigInteger.One << bits)
        {
            Assert.Equal((ScaleError.CompactOverflow, 0), ErrorOf<TCodec, T>(expected));
            return;
        }

        Assert.Equal(expected, Scale.Encode<TCodec, T>(narrow(value)));
        Assert.Equal(expected.Length, TCodec.EncodedLength(narrow(value)));
        Assert.Equal(narrow(value), Scale.Decode<TCodec, T>(expected).Value);
        for (int length = 0; length < expected.Length; length++)
        {
            Assert.Equal((ScaleError.UnexpectedEnd, 0), ErrorOf<TCodec, T>(expected.AsSpan(0, length)));
        }
    }

    private static (ScaleError Error, int Position) ErrorOf<TCodec, T>(ReadOnlySpan<byte> bytes)
        where TCodec : IScaleCodec<T>
    {
        DecodeResult<T> result = Scale.Decode<TCodec, T>(bytes);
        return (result.Error, result.Position);
    }
}
