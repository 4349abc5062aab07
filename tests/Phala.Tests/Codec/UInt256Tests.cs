using System.Numerics;
using Phala.Codec;
using Xunit;

namespace Phala.Tests.Codec;

/// <summary>256-bit integers against System.Numerics.BigInteger.</summary>
public sealed class UInt256Tests
{
    private const int Cases = 20_000;
    private static readonly BigInteger Modulus = BigInteger.One << 256;
    private static readonly BigInteger Half = BigInteger.One << 255;

    [Fact]
    public void UnsignedArithmeticAgreesWithBigInteger()
    {
        int overflows = 0, wideDivisors = 0;
        foreach ((UInt256 left, UInt256 right) in Pairs(1))
        {
            BigInteger a = left, b = right;
            Assert.Equal(a.CompareTo(b), left.CompareTo(right));
            Assert.Equal(a == b, left == right);
            overflows += AssertResult(a + b, () => left + right);
            overflows += AssertResult(a - b, () => left - right);
            overflows += AssertResult(a * b, () => left * right);
            if (right == UInt256.Zero) continue;
            Assert.Equal(a / b, (BigInteger)(left / right));
            Assert.Equal(a % b, (BigInteger)(left % right));
            if (right.Upper != 0 && left > right) wideDivisors++;
        }

        Assert.True(overflows > Cases / 10, $"only {overflows} overflows");
        Assert.True(wideDivisors > Cases / 50, $"only {wideDivisors} divisions by more than 128 bits");
    }

    [Fact]
    public void SignedArithmeticAgreesWithBigInteger()
    {
        int overflows = 0;
        foreach ((UInt256 leftBits, UInt256 rightBits) in Pairs(2))
        {
            Int256 left = Int256.FromBits(leftBits), right = Int256.FromBits(rightBits);
            BigInteger a = left, b = right;
            Assert.Equal((BigInteger)leftBits >= Half ? (BigInteger)leftBits - Modulus : leftBits, a);
            Assert.Equal(a.CompareTo(b), left.CompareTo(right));
            overflows += AssertSigned(a + b, () => left + right);
            overflows += AssertSigned(a - b, () => left - right);
            overflows += AssertSigned(a * b, () => left * right);
            overflows += AssertSigned(-a, () => -left);
            if (right == Int256.Zero) continue;
            AssertSigned(a / b, () => left / right);
            AssertSigned(a % b, () => left % right);
        }

        Assert.True(overflows > Cases / 10, $"only {overflows} overflows");
    }

    [Fact]
    public void TextAgreesWithBigIntegerAndReadsBack()
    {
        foreach ((UInt256 value, UInt256 other) in Pairs(3))
        {
            Assert.Equal(((BigInteger)value).ToString(System.Globalization.CultureInfo.InvariantCulture), value.ToString());
            Assert.Equal(value, UInt256.Parse(value.ToString()));
            Int256 signed = Int256.FromBits(other);
            Assert.Equal(((BigInteger)signed).ToString(System.Globalization.CultureInfo.InvariantCulture), signed.ToString());
            Assert.Equal(signed, Int256.Parse(signed.ToString()));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("0x1")]
    [InlineData("1\0")]
    [InlineData("12345678901234567890123456789012345678-")]
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129639936")] // 2^256
    [InlineData("1157920892373161954235709850086879078532699846656405640394575840079131296399350")]
    public void OtherTextIsNoUnsignedNumber(string text)
    {
        Assert.False(UInt256.TryParse(text, out UInt256 value));
        Assert.Equal(UInt256.Zero, value);
        Assert.Throws<FormatException>(() => UInt256.Parse(text));
    }

    [Theory]
    [InlineData("-")]
    [InlineData("--1")]
    [InlineData("-57896044618658097711785492504343953926634992332820282019728792003956564819969")] // −2^255 − 1
    [InlineData("57896044618658097711785492504343953926634992332820282019728792003956564819968")] // 2^255
    public void OtherTextIsNoSignedNumber(string text) => Assert.False(Int256.TryParse(text, out _));

    [Fact]
    public void LimitsAreReadAndWritten()
    {
        Assert.Equal(Modulus - 1, (BigInteger)UInt256.MaxValue);
        Assert.Equal(UInt256.MaxValue, UInt256.Parse("115792089237316195423570985008687907853269984665640564039457584007913129639935"));
        Assert.Equal(UInt256.One, UInt256.Parse("0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001"));
        Assert.Equal("0", UInt256.Zero.ToString());
        Assert.Equal(-Half, (BigInteger)Int256.MinValue);
        Assert.Equal(Half - 1, (BigInteger)Int256.MaxValue);
        Assert.Equal(Int256.MinValue, Int256.Parse(Int256.MinValue.ToString()));
        Assert.Equal("-1", Int256.NegativeOne.ToString());
    }

    [Theory] // Divisions whose estimated digit is one too large even after its test against the second limb; about one in 2^31 is.
    [InlineData("7fffffff800000000000000000000000", "800000000000000000000001")]
    [InlineData("800000000000000000000003", "200000000000000000000001")]
    [InlineData("800000000000fffe00000000", "80000000000000000000ffff")]
    public void RareDigitsOfDivisionAreCorrected(string dividend, string divisor)
    {
        BigInteger a = BigInteger.Parse("0" + dividend, System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);
        BigInteger b = BigInteger.Parse("0" + divisor, System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);
        for (int shift = 96; shift <= 128; shift += 32)
        {
            (UInt256 quotient, UInt256 remainder) = UInt256.DivRem((UInt256)(a << shift), (UInt256)(b << shift));
            Assert.Equal((a / b, (a << shift) % (b << shift)), ((BigInteger)quotient, (BigInteger)remainder));
        }
    }

    [Fact]
    public void ConversionsKeepTheValueOrThrow()
    {
        Assert.Equal(ulong.MaxValue, (ulong)(UInt256)ulong.MaxValue);
        Assert.Equal(UInt128.MaxValue, (UInt128)(UInt256)UInt128.MaxValue);
        Assert.Equal(-7, (int)(Int256)(-7));
        Assert.Equal(long.MinValue, (long)(Int256)long.MinValue);
        Assert.Equal(Int128.MinValue, (Int128)(Int256)Int128.MinValue);
        Assert.Throws<OverflowException>(() => (UInt128)new UInt256(1, 0));
        Assert.Throws<OverflowException>(() => (ulong)new UInt256(0, (UInt128)ulong.MaxValue + 1));
        Assert.Throws<OverflowException>(() => (uint)(UInt256)(1ul << 32));
        Assert.Throws<OverflowException>(() => (UInt256)Modulus);
        Assert.Throws<OverflowException>(() => (UInt256)BigInteger.MinusOne);
        Assert.Throws<OverflowException>(() => (Int256)Half);
        Assert.Throws<OverflowException>(() => (Int256)UInt256.MaxValue);
        Assert.Throws<OverflowException>(() => (UInt256)Int256.NegativeOne);
        Assert.Throws<OverflowException>(() => (Int128)(Int256)(BigInteger.One << 127));
        Assert.Throws<DivideByZeroException>(() => UInt256.One / UInt256.Zero);
        Assert.Throws<DivideByZeroException>(() => Int256.One % Int256.Zero);
        Assert.Throws<OverflowException>(() => Int256.MinValue / Int256.NegativeOne);
    }

    [Fact]
    public void FormattingNeedsRoomForEveryDigit()
    {
        Span<char> text = stackalloc char[79];
        Assert.True(UInt256.MaxValue.TryFormat(text, out int written));
        Assert.Equal(UInt256.MaxValue.ToString(), text[..written]);
        Assert.False(UInt256.MaxValue.TryFormat(text[..77], out written));
        Assert.Equal(0, written);
        Assert.True(Int256.MinValue.TryFormat(text, out written));
        Assert.Equal(Int256.MinValue.ToString(), text[..written]);
        Assert.False(Int256.MinValue.TryFormat(text[..77], out _));
        Assert.False(Int256.MinValue.TryFormat(default, out _));
    }

    /// <summary>Numbers of every bit length, many with long runs of ones or zeros, where carries and digit estimates go wrong.</summary>
    private static IEnumerable<(UInt256 Left, UInt256 Right)> Pairs(int seed)
    {
        Random random = new(seed);
        for (int number = 0; number < Cases; number++) yield return (Next(random), Next(random));
    }

    private static UInt256 Next(Random random)
    {
        byte[] bytes = new byte[32];
        random.NextBytes(bytes);
        BigInteger value = new BigInteger(bytes, isUnsigned: true) >> random.Next(257);
        BigInteger run = (BigInteger.One << random.Next(257)) - (BigInteger.One << random.Next(64));
        BigInteger picked = random.Next(4) switch { 0 => value ^ (run < 0 ? 0 : run), 1 => run, 2 => value & ~(BigInteger)uint.MaxValue, _ => value };
        return (UInt256)BigInteger.Max(0, picked);
    }

    private static int AssertResult(BigInteger expected, Func<UInt256> compute)
    {
        if (expected >= 0 && expected < Modulus)
        {
            Assert.Equal(expected, (BigInteger)compute());
            return 0;
        }

        Assert.Throws<OverflowException>(() => compute());
        return 1;
    }

    private static int AssertSigned(BigInteger expected, Func<Int256> compute)
    {
        if (expected >= -Half && expected < Half)
        {
            Assert.Equal(expected, (BigInteger)compute());
            return 0;
        }

        Assert.Throws<OverflowException>(() => compute());
        return 1;
    }
}
