using System.Numerics;
using Phala.Crypto.Curve25519;
using Xunit;

namespace Phala.Tests.Crypto.Curve25519;

/// <summary>The group of edwards25519 against the naive model: laws, multiples, encodings.</summary>
public sealed class EdwardsPointTests
{
    [Fact]
    public void AdditionDoublingAndNegationAgreeWithTheModel()
    {
        Random random = new(1);
        for (int i = 0; i < 100; i++)
        {
            EdwardsPoint p = Samples.Point(random), q = i % 10 == 0 ? p : i % 10 == 1 ? -p : i % 10 == 2 ? EdwardsPoint.Identity : Samples.Point(random);
            var x = CurveModel.Value(p);
            var y = CurveModel.Value(q);
            AssertPoint(CurveModel.Add(x, y), p + q);
            AssertPoint(CurveModel.Add(x, (CurveModel.Mod(-y.X), y.Y)), p - q);
            AssertPoint(CurveModel.Add(x, x), p.Double());
            AssertPoint((CurveModel.Mod(-x.X), x.Y), -p);
            AssertPoint(CurveModel.Multiply(8, x), p.MultiplyByCofactor());
        }
    }

    [Fact]
    public void MultiplesOfTheBaseAgreeWithTheModel()
    {
        Random random = new(2);
        for (int i = 0; i < 60; i++)
        {
            BigInteger n = i < Samples.Edges.Length ? Samples.Edges[i] : Samples.Number(random);
            AssertPoint(CurveModel.Multiply(CurveModel.Mod(n, CurveModel.L), CurveModel.Base), EdwardsPoint.MultiplyBase(CurveModel.ScalarOf(n)));
        }
    }

    [Fact]
    public void MultiplesOfAnyPointAgreeWithTheModel()
    {
        Random random = new(3);
        for (int i = 0; i < 60; i++)
        {
            BigInteger n = CurveModel.Mod(i < Samples.Edges.Length ? Samples.Edges[i] : Samples.Number(random), CurveModel.L);
            EdwardsPoint p = i % 8 == 0 ? SmallOrderPoints.All[i / 8] : Samples.Point(random);
            AssertPoint(CurveModel.Multiply(n, CurveModel.Value(p)), EdwardsPoint.Multiply(CurveModel.ScalarOf(n), p));
        }
    }

    [Fact]
    public void DoubleScalarMultiplicationIsTheSumOfBothProducts()
    {
        Random random = new(4);
        for (int i = 0; i < 200; i++)
        {
            Scalar a = Samples.Scalar(random), b = Samples.Scalar(random);
            EdwardsPoint p = Samples.Point(random);
            Assert.Equal(EdwardsPoint.Multiply(a, p) + EdwardsPoint.MultiplyBase(b), EdwardsPoint.DoubleScalarMultiplyBaseVartime(a, p, b));
        }

        Assert.True(EdwardsPoint.DoubleScalarMultiplyBaseVartime(Scalar.Zero, EdwardsPoint.BasePoint, Scalar.Zero).IsIdentity);
        Assert.Equal(EdwardsPoint.BasePoint, EdwardsPoint.DoubleScalarMultiplyBaseVartime(Scalar.Zero, EdwardsPoint.BasePoint, Scalar.One));
        Assert.Equal(EdwardsPoint.BasePoint, EdwardsPoint.DoubleScalarMultiplyBaseVartime(Scalar.One, EdwardsPoint.BasePoint, Scalar.Zero));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(64)]
    [InlineData(179)]
    [InlineData(180)]
    [InlineData(600)]
    [InlineData(1200)]
    public void MultiScalarMultiplicationIsTheSumOfProducts(int count)
    {
        Random random = new(count);
        EdwardsPoint[] points = new EdwardsPoint[count];
        Scalar[] scalars = new Scalar[count];
        EdwardsPoint expected = EdwardsPoint.Identity;
        for (int i = 0; i < count; i++)
        {
            points[i] = i % 16 == 3 ? points[i - 1] : i % 16 == 4 ? EdwardsPoint.Identity : Samples.Point(random);
            scalars[i] = i % 16 == 3 ? -scalars[i - 1] : Samples.Scalar(random);
            expected += EdwardsPoint.Multiply(scalars[i], points[i]);
        }

        Assert.Equal(expected, EdwardsPoint.MultiScalarMultiplyVartime(scalars, points));
    }

    [Fact]
    public void OrderTimesBaseIsTheIdentityAndSmallOrdersAreTold()
    {
        Assert.True((EdwardsPoint.MultiplyBase(-Scalar.One) + EdwardsPoint.BasePoint).IsIdentity);
        Assert.True(CurveModel.IsTorsionFree(EdwardsPoint.BasePoint));
        Assert.True(CurveModel.IsTorsionFree(EdwardsPoint.Identity));
        Assert.False(EdwardsPoint.BasePoint.IsSmallOrder);
        Assert.False(EdwardsPoint.BasePoint.IsIdentity);
        for (int i = 0; i < 8; i++)
        {
            EdwardsPoint torsion = SmallOrderPoints.All[i];
            Assert.True(torsion.IsSmallOrder);
            Assert.Equal(i == 0, CurveModel.IsTorsionFree(torsion));
            Assert.Equal(i == 0, torsion.IsIdentity);
            Assert.Equal(i == 0, CurveModel.IsTorsionFree(EdwardsPoint.BasePoint + torsion));
            Assert.Equal(EdwardsPoint.BasePoint.MultiplyByCofactor(), (EdwardsPoint.BasePoint + torsion).MultiplyByCofactor());
        }

        Assert.Equal(8, SmallOrderPoints.All.Select(point => Convert.ToHexString(Compressed(point))).Distinct().Count());
    }

    [Fact]
    public void EqualityIgnoresTheScaleOfCoordinates()
    {
        EdwardsPoint p = EdwardsPoint.BasePoint, scaled = Samples.Rescale(p, CurveModel.Field(12345));
        Assert.Equal(p, scaled);
        Assert.NotEqual(p, -scaled);
        Assert.NotEqual(p, p.Double());

        // The same x with another y: (x, y) and (x, −y) differ by a point of order 2.
        Assert.NotEqual(p, -(p + SmallOrderPoints.All[4]));
        Assert.Equal(CurveModel.Value(p).X, CurveModel.Value(-(p + SmallOrderPoints.All[4])).X);
    }

    [Fact]
    public void CompressedPointsAreReadBackAndAgreeWithTheModel()
    {
        Random random = new(5);
        for (int i = 0; i < 60; i++)
        {
            EdwardsPoint p = i < 8 ? SmallOrderPoints.All[i] : Samples.Point(random);
            var (x, y) = CurveModel.Value(p);
            byte[] bytes = Compressed(p);
            Assert.Equal(CurveModel.Bytes(y + ((x % 2) << 255)), bytes);
            Assert.True(EdwardsPoint.TryDecompress(bytes, out EdwardsPoint again));
            Assert.Equal(p, again);
            AssertPoint((x, y), again);
            Assert.True(EdwardsPoint.TryDecompressStrict(bytes, out EdwardsPoint strict));
            Assert.Equal(p, strict);
        }
    }

    [Fact]
    public void DecompressionAcceptsExactlyTheYOfPoints()
    {
        Random random = new(6);
        int accepted = 0, rejected = 0;
        for (int i = 0; i < 200; i++)
        {
            byte[] bytes = Samples.Bytes(random, 32);
            BigInteger y = CurveModel.FromBytes(bytes) & ((BigInteger.One << 255) - 1);
            var expected = CurveModel.Decompress(y, bytes[31] >> 7);
            bool read = EdwardsPoint.TryDecompress(bytes, out EdwardsPoint point);
            Assert.Equal(expected is not null, read);
            AssertPoint(expected ?? CurveModel.Identity, point);
            if (read) accepted++;
            else rejected++;
        }

        Assert.True(accepted > 50 && rejected > 50);
    }

    [Fact]
    public void Zip215AcceptsNonCanonicalEncodingsAndStrictReadingDoesNot()
    {
        int accepted = 0;
        for (int offset = 0; offset < 19; offset++)
        {
            for (int sign = 0; sign < 2; sign++)
            {
                byte[] bytes = CurveModel.Bytes(CurveModel.P + offset + ((BigInteger)sign << 255));
                var expected = CurveModel.Decompress(offset, sign);
                Assert.Equal(expected is not null, EdwardsPoint.TryDecompress(bytes, out EdwardsPoint point));
                Assert.False(EdwardsPoint.TryDecompressStrict(bytes, out EdwardsPoint strict));
                Assert.True(strict.IsIdentity);
                if (expected is not { } model) continue;
                accepted++;
                AssertPoint(model.X.IsZero ? (0, model.Y) : model, point);
            }
        }

        Assert.True(accepted > 10);

        // x = 0 with the sign bit: y = 1 and y = −1.
        foreach (BigInteger y in new[] { 1, CurveModel.P - 1 })
        {
            byte[] bytes = CurveModel.Bytes(y + (BigInteger.One << 255));
            Assert.True(EdwardsPoint.TryDecompress(bytes, out EdwardsPoint point));
            AssertPoint((0, y), point);
            Assert.False(EdwardsPoint.TryDecompressStrict(bytes, out _));
            Assert.True(EdwardsPoint.TryDecompressStrict(CurveModel.Bytes(y), out _));
        }
    }

    private static byte[] Compressed(EdwardsPoint point)
    {
        byte[] bytes = new byte[EdwardsPoint.CompressedSize];
        point.Compress(bytes);
        return bytes;
    }

    private static void AssertPoint((BigInteger X, BigInteger Y) expected, EdwardsPoint actual)
    {
        Assert.Equal(expected, CurveModel.Value(actual));
        Assert.True(FieldElement.Equals(actual.X * actual.Y, actual.Z * actual.T));
    }
}
