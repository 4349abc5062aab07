using System.Numerics;
using Phala.Crypto.Curve25519;
using Xunit;

namespace Phala.Tests.Crypto.Curve25519;

/// <summary>Arithmetic modulo l against <see cref="BigInteger"/>, and the recodings' defining properties.</summary>
public sealed class ScalarTests
{
    [Fact]
    public void ArithmeticAgreesWithBigInteger()
    {
        Random random = new(1);
        for (int i = 0; i < 3000; i++)
        {
            BigInteger a = CurveModel.Mod(Samples.Number(random), CurveModel.L);
            BigInteger b = CurveModel.Mod(Samples.Number(random), CurveModel.L);
            BigInteger c = CurveModel.Mod(Samples.Number(random), CurveModel.L);
            Scalar x = CurveModel.ScalarOf(a), y = CurveModel.ScalarOf(b), z = CurveModel.ScalarOf(c);
            AssertScalar(a + b, x + y);
            AssertScalar(a - b, x - y);
            AssertScalar(-a, -x);
            AssertScalar(a * b, x * y);
            AssertScalar(a * b + c, Scalar.MultiplyAdd(x, y, z));
        }
    }

    [Fact]
    public void WideReductionAgreesWithBigIntegerAtItsBounds()
    {
        Random random = new(2);
        byte[] ones = new byte[64];
        ones.AsSpan().Fill(0xff);
        AssertScalar(CurveModel.FromBytes(ones), Scalar.FromBytesModOrderWide(ones));
        for (int i = 0; i < 3000; i++)
        {
            byte[] wide = Samples.Bytes(random, 64);
            switch (i % 4)
            {
                case 0: CurveModel.Bytes(Samples.Edges[random.Next(Samples.Edges.Length)]).CopyTo(wide, 32); break;
                case 1: CurveModel.Bytes(Samples.Number(random) * CurveModel.L, 64).CopyTo(wide, 0); break;
                case 2: CurveModel.Bytes(Samples.Number(random) * CurveModel.L + CurveModel.L - 1, 64).CopyTo(wide, 0); break;
            }

            AssertScalar(CurveModel.FromBytes(wide), Scalar.FromBytesModOrderWide(wide));
            AssertScalar(CurveModel.FromBytes(wide.AsSpan(0, 32)), Scalar.FromBytesModOrder(wide));
        }
    }

    [Fact]
    public void CanonicalReadingAcceptsExactlyWhatIsBelowL()
    {
        foreach (BigInteger edge in Samples.Edges)
        {
            bool accepted = Scalar.TryFromCanonicalBytes(CurveModel.Bytes(edge), out Scalar scalar);
            Assert.Equal(edge < CurveModel.L, accepted);
            AssertScalar(accepted ? edge : 0, scalar);
            AssertScalar(edge, Scalar.FromBytesModOrder(CurveModel.Bytes(edge)));
        }
    }

    [Fact]
    public void BytesRoundTrip()
    {
        Random random = new(3);
        byte[] bytes = new byte[32];
        for (int i = 0; i < 200; i++)
        {
            Scalar scalar = Samples.Scalar(random);
            scalar.ToBytes(bytes);
            Assert.True(Scalar.TryFromCanonicalBytes(bytes, out Scalar again));
            Assert.Equal(scalar, again);
        }
    }

    [Fact]
    public void InverseTimesValueIsOne()
    {
        Random random = new(4);
        Assert.True(Scalar.Zero.Invert().IsZero);
        for (int i = 0; i < 20; i++)
        {
            Scalar scalar = CurveModel.ScalarOf(1 + CurveModel.FromBytes(Samples.Bytes(random, 31)));
            Assert.Equal(Scalar.One, scalar * scalar.Invert());
        }
    }

    [Fact]
    public void EqualityAndSelectionSeeEveryWord()
    {
        Scalar zero = Scalar.Zero;
        foreach (Scalar other in new[] { new Scalar(1, 0, 0, 0), new Scalar(0, 1, 0, 0), new Scalar(0, 0, 1, 0), new Scalar(0, 0, 0, 1) })
        {
            Assert.NotEqual(zero, other);
            Assert.False(other.IsZero);
            Assert.Equal(other, Scalar.Select(ulong.MaxValue, zero, other));
            Assert.Equal(zero, Scalar.Select(0, zero, other));
        }
    }

    [Fact]
    public void ClampingClearsTheCofactorAndFixesTheLength()
    {
        byte[] bytes = new byte[32];
        bytes.AsSpan().Fill(0xff);
        Scalar.Clamp(bytes);
        Assert.Equal((BigInteger.One << 255) - 8, CurveModel.FromBytes(bytes));
        bytes.AsSpan().Clear();
        Scalar.Clamp(bytes);
        Assert.Equal(BigInteger.One << 254, CurveModel.FromBytes(bytes));
    }

    [Fact]
    public void SignedRadix16DigitsSumToTheScalar()
    {
        Random random = new(5);
        sbyte[] digits = new sbyte[ScalarRecoding.Radix16Digits];
        for (int i = 0; i < 1000; i++)
        {
            Scalar scalar = Samples.Scalar(random);
            ScalarRecoding.SignedRadix16(scalar, digits);
            Assert.Equal(CurveModel.Value(scalar), digits.Select((digit, k) => digit * BigInteger.Pow(16, k)).Aggregate(BigInteger.Add));
            Assert.All(digits, digit => Assert.InRange(digit, -8, 8));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(8)]
    public void NonAdjacentFormIsSparseOddAndSumsToTheScalar(int width)
    {
        Random random = new(6);
        sbyte[] digits = new sbyte[ScalarRecoding.NafDigits];
        for (int i = 0; i < 1000; i++)
        {
            Scalar scalar = i == 0 ? -Scalar.One : Samples.Scalar(random);
            int highest = ScalarRecoding.NonAdjacentForm(scalar, width, digits);
            Assert.Equal(CurveModel.Value(scalar), digits.Select((digit, k) => digit * BigInteger.Pow(2, k)).Aggregate(BigInteger.Add));
            Assert.Equal(Array.FindLastIndex(digits, digit => digit != 0), highest);
            int last = -width;
            for (int k = 0; k < digits.Length; k++)
            {
                if (digits[k] == 0) continue;
                Assert.True(digits[k] % 2 != 0 && Math.Abs((int)digits[k]) < 1 << (width - 1));
                Assert.True(k - last >= width);
                last = k;
            }
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(10)]
    [InlineData(13)]
    public void SignedRadixDigitsSumToTheScalar(int width)
    {
        Random random = new(7);
        short[] digits = new short[ScalarRecoding.SignedRadixDigits(width)];
        for (int i = 0; i < 500; i++)
        {
            Scalar scalar = i == 0 ? -Scalar.One : Samples.Scalar(random);
            ScalarRecoding.SignedRadix(scalar, width, digits);
            Assert.Equal(CurveModel.Value(scalar), digits.Select((digit, k) => digit * BigInteger.Pow(2, width * k)).Aggregate(BigInteger.Add));
            Assert.All(digits, digit => Assert.InRange(digit, -(1 << (width - 1)), 1 << (width - 1)));
        }
    }

    private static void AssertScalar(BigInteger expected, Scalar actual) => Assert.Equal(CurveModel.Mod(expected, CurveModel.L), CurveModel.Value(actual));
}
