using System.Numerics;
using Phala.Crypto.Secp256k1;
using Xunit;

namespace Phala.Tests.Crypto.Secp256k1;

public sealed class PointTests
{
    private static readonly BigInteger N = NaiveSecp256k1.N;

    private readonly Dictionary<BigInteger, (BigInteger X, BigInteger Y)?> _multiples = [];

    [Fact]
    public void SumsIncludeTheExceptionalOnes()
    {
        BigInteger[] multiples = [1, 2, 3, 4, 5, N - 1, N - 2, N - 3, N / 2];
        foreach (BigInteger a in multiples)
        {
            foreach (BigInteger b in multiples)
            {
                JacobianPoint left = Scaled(Point(a), 7), right = Scaled(Point(b), 9);
                BigInteger sum = (a + b) % N;
                AssertEqual(sum, left.Add(right));
                AssertEqual(sum, left.Add(Point(b)));
            }

            AssertEqual(2 * a % N, Scaled(Point(a), 5).Double());
            AssertEqual(a, JacobianPoint.Infinity.Add(Point(a)));
            AssertEqual(a, JacobianPoint.Infinity.Add(Scaled(Point(a), 3)));
            AssertEqual(a, Scaled(Point(a), 3).Add(JacobianPoint.Infinity));
            AssertEqual(N - a, Scaled(Point(a), 11).Negate());
        }

        Assert.True(JacobianPoint.Infinity.Double().IsInfinity);
    }

    [Fact]
    public void TheCompleteSumHasNoExceptions()
    {
        foreach (BigInteger a in (BigInteger[])[1, 2, 3, 4])
        {
            foreach (BigInteger b in (BigInteger[])[1, 2, 3, 4])
            {
                ProjectivePoint sum = ProjectivePoint.Infinity.Add(Point(a)).Add(Point(b));
                AssertEqual(a + b, JacobianPoint.From(sum.ToAffine()));
            }
        }

        // P - P + Q: through infinity.
        ProjectivePoint through = ProjectivePoint.Infinity.Add(Point(5)).Add(Point(N - 5)).Add(Point(6));
        AssertEqual(6, JacobianPoint.From(through.ToAffine()));
    }

    [Fact]
    public void MultiplesOfTheGeneratorEqualTheNaiveOnes()
    {
        foreach (BigInteger scalar in Scalars())
        {
            if (scalar.IsZero) continue;
            AssertEqual(scalar, JacobianPoint.From(BaseMultiplication.Multiply(Scalar(scalar))));
        }
    }

    [Fact]
    public void DoubleMultiplesEqualTheNaiveOnes()
    {
        BigInteger[] scalars = [.. Scalars()];
        for (int index = 0; index < scalars.Length; index++)
        {
            BigInteger a = scalars[index], b = scalars[(index * 7 + 3) % scalars.Length];
            AssertEqual((a + (b * 12345)) % N, DoubleMultiplication.Multiply(Scalar(a), Scalar(b), Point(12345)));
        }

        // a·G - a·G, and with the same point on both sides.
        AssertEqual(0, DoubleMultiplication.Multiply(Scalar(77), Scalar(N - 77), Point(1)));
        AssertEqual(154, DoubleMultiplication.Multiply(Scalar(77), Scalar(77), Point(1)));
        Assert.True(DoubleMultiplication.Multiply(default, default, Point(1)).IsInfinity);
    }

    [Fact]
    public void TheEndomorphismMultipliesByLambda()
    {
        AffinePoint point = Point(99);
        byte[] lambda = new byte[32];
        Endomorphism.Lambda.Write(lambda);
        AssertEqual(NaiveSecp256k1.Read(lambda) * 99 % N, JacobianPoint.From(new AffinePoint(point.X * Endomorphism.Beta, point.Y)));
    }

    private static IEnumerable<BigInteger> Scalars()
    {
        foreach (int small in (int[])[0, 1, 2, 3, 15, 16, 17, 255, 256]) yield return small;
        foreach (int small in (int[])[1, 2, 16, 17]) yield return N - small;
        for (int bits = 64; bits < 256; bits += 64) yield return BigInteger.One << bits;
        for (int index = 0; index < 40; index++) yield return NaiveSecp256k1.Read(TestBytes.Random(32, index)) % N;
        yield return N / 2;
        yield return BigInteger.One << 128;
    }

    private static Scalar Scalar(BigInteger value) => Phala.Crypto.Secp256k1.Scalar.Read(NaiveSecp256k1.Bytes(value), out _);

    /// <summary>Naive multiples are slow, and the same ones come again and again.</summary>
    private (BigInteger X, BigInteger Y)? Multiple(BigInteger multiple)
    {
        if (!_multiples.TryGetValue(multiple, out (BigInteger X, BigInteger Y)? point)) _multiples[multiple] = point = NaiveSecp256k1.Multiply(multiple, NaiveSecp256k1.G);
        return point;
    }

    private AffinePoint Point(BigInteger multiple)
    {
        (BigInteger x, BigInteger y) = Multiple(multiple)!.Value;
        Assert.True(FieldElement.TryRead(NaiveSecp256k1.Bytes(x), out FieldElement fieldX) & FieldElement.TryRead(NaiveSecp256k1.Bytes(y), out FieldElement fieldY));
        AffinePoint point = new(fieldX, fieldY);
        Assert.True(point.IsOnCurve());
        return point;
    }

    /// <summary>The same point over another denominator.</summary>
    private static JacobianPoint Scaled(AffinePoint point, uint z)
    {
        FieldElement denominator = FieldElement.One.Times(z).Reduce(), square = denominator.Square();
        return new JacobianPoint(point.X * square, point.Y * (square * denominator), denominator);
    }

    private void AssertEqual(BigInteger multiple, in JacobianPoint actual)
    {
        if (Multiple(multiple) is not { } expected)
        {
            Assert.True(actual.IsInfinity);
            return;
        }

        Assert.True(actual.TryGetAffine(out AffinePoint point));
        byte[] x = new byte[32], y = new byte[32];
        point.X.Write(x);
        point.Y.Write(y);
        Assert.Equal((expected.X, expected.Y), (NaiveSecp256k1.Read(x), NaiveSecp256k1.Read(y)));
    }
}
