using System.Numerics;
using Phala.Crypto.Secp256k1;
using Xunit;

namespace Phala.Tests.Crypto.Secp256k1;

public sealed class ScalarTests
{
    private static readonly BigInteger N = NaiveSecp256k1.N;

    [Fact]
    public void ArithmeticEqualsThatOfBigIntegers()
    {
        foreach (BigInteger a in Interesting())
        {
            foreach (BigInteger b in Interesting())
            {
                AssertEqual(a * b, Scalar(a) * Scalar(b));
                AssertEqual(a + b, Scalar(a) + Scalar(b));
                Assert.Equal(a < b, Scalar(a).IsBelow(Scalar(b)));
            }

            AssertEqual(-a, -Scalar(a));
            AssertEqual(NaiveSecp256k1.Invert(a, N), Scalar(a).Invert());
            Assert.Equal(a > N / 2, Scalar(a).IsHigh);
            Assert.Equal(a.IsZero, Scalar(a).IsZero);
        }
    }

    [Fact]
    public void ReadingReducesAndTellsOfIt()
    {
        foreach (int offset in (int[])[-2, -1, 0, 1, 2])
        {
            Scalar scalar = Phala.Crypto.Secp256k1.Scalar.Read(NaiveSecp256k1.Bytes(N + offset), out bool overflow);
            Assert.Equal(offset >= 0, overflow);
            AssertEqual(N + offset, scalar);
        }

        AssertEqual((BigInteger.One << 256) - 1, Phala.Crypto.Secp256k1.Scalar.Read(NaiveSecp256k1.Bytes((BigInteger.One << 256) - 1), out _));
    }

    [Fact]
    public void TheEndomorphismSplitsIntoHalves()
    {
        BigInteger lambda = Value(Endomorphism.Lambda);
        int negative = 0;
        foreach (BigInteger a in Interesting().Concat(Enumerable.Range(0, 300).Select(seed => NaiveSecp256k1.Read(TestBytes.Random(32, ~seed)) % N)))
        {
            Endomorphism.Split(Scalar(a), out SignedScalar first, out SignedScalar second);
            BigInteger sum = Signed(first) + (Signed(second) * lambda);
            Assert.Equal(a, NaiveSecp256k1.Mod(sum, N));
            if (first.IsNegative) negative++;
        }

        Assert.InRange(negative, 50, 300);
    }

    [Fact]
    public void NonAdjacentFormsGiveTheNumberBack()
    {
        foreach (int width in (int[])[2, 5, 10])
        {
            foreach (BigInteger a in Interesting().Select(value => value & UInt128.MaxValue).Append(UInt128.MaxValue).Append(0))
            {
                foreach (bool negative in (bool[])[false, true])
                {
                    short[] digits = new short[SignedScalar.MaxDigits];
                    int length = new SignedScalar((UInt128)a, negative).WriteDigits(width, digits);
                    Assert.Equal(negative ? -a : a, digits.Reverse().Aggregate(BigInteger.Zero, (sum, digit) => (2 * sum) + digit));
                    Assert.All(digits[length..], digit => Assert.Equal(0, digit));
                    Assert.All(digits, digit => Assert.True(digit == 0 || (Math.Abs(digit) % 2 == 1 && Math.Abs(digit) < 1 << (width - 1))));
                    for (int at = 0; at + width <= digits.Length; at++) Assert.True(digits.AsSpan(at, width).ToArray().Count(digit => digit != 0) <= 1);
                }
            }
        }
    }

    [Fact]
    public void NibblesAreTheHexadecimalDigits()
    {
        Scalar scalar = Scalar(NaiveSecp256k1.Parse("0123456789abcdef0fedcba987654321123456789abcdef00123456789abcdef"));
        string digits = string.Concat(Enumerable.Range(0, 64).Reverse().Select(index => scalar.Nibble(index).ToString("x", System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal("0123456789abcdef0fedcba987654321123456789abcdef00123456789abcdef", digits);
    }

    private static IEnumerable<BigInteger> Interesting()
    {
        for (int index = 0; index < 20; index++) yield return NaiveSecp256k1.Read(TestBytes.Random(32, index)) % N;
        for (int bits = 0; bits < 256; bits += 32) yield return (BigInteger.One << bits) - 1;
        foreach (int small in (int[])[1, 2, 3]) yield return N - small;
        yield return N / 2;
        yield return (N / 2) + 1;
    }

    private static Scalar Scalar(BigInteger value) => Phala.Crypto.Secp256k1.Scalar.Read(NaiveSecp256k1.Bytes(value), out _);

    private static BigInteger Signed(SignedScalar scalar) => scalar.IsNegative ? -(BigInteger)scalar.Magnitude : (BigInteger)scalar.Magnitude;

    private static BigInteger Value(in Scalar scalar)
    {
        byte[] bytes = new byte[32];
        scalar.Write(bytes);
        return NaiveSecp256k1.Read(bytes);
    }

    private static void AssertEqual(BigInteger expected, in Scalar actual) => Assert.Equal(NaiveSecp256k1.Mod(expected, N), Value(actual));
}
