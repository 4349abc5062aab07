using System.Numerics;
using Phala.Crypto.Curve25519;
using Phala.Testing;
using Xunit;
using Vector = Phala.Testing.Vector;

namespace Phala.Tests.Crypto.Curve25519;

/// <summary>ristretto255 against RFC 9496's vectors, and the laws that make it a group of prime order with one encoding for each element.</summary>
public sealed class RistrettoPointTests
{
    private static Vector[] OfKind(string kind)
    {
        Vector[] vectors = [.. VectorFile.Read("Crypto/Curve25519/Vectors/ristretto255.txt").Where(vector => vector.Text("kind") == kind)];
        Assert.NotEmpty(vectors);
        return vectors;
    }

    [Fact]
    public void MultiplesOfTheGeneratorEncodeAsPublished()
    {
        RistrettoPoint sum = RistrettoPoint.Identity;
        foreach (Vector vector in OfKind("multiple"))
        {
            Scalar scalar = new((ulong)vector.Number("scalar"));
            byte[] encoding = vector.Bytes("encoding");
            Assert.Equal(encoding, Encoded(sum));
            Assert.Equal(encoding, Encoded(RistrettoPoint.MultiplyBase(scalar)));
            Assert.Equal(encoding, Encoded(RistrettoPoint.Multiply(scalar, RistrettoPoint.BasePoint)));
            Assert.True(RistrettoPoint.TryDecode(encoding, out RistrettoPoint decoded));
            Assert.Equal(sum, decoded);
            Assert.Equal(vector.Number("scalar") == 0, decoded.IsIdentity);
            sum += RistrettoPoint.BasePoint;
        }
    }

    [Fact]
    public void InvalidEncodingsAreRejected()
    {
        foreach (Vector vector in OfKind("invalid"))
        {
            Assert.False(RistrettoPoint.TryDecode(vector.Bytes("encoding"), out RistrettoPoint point), vector.Name);
            Assert.True(point.IsIdentity);
        }
    }

    [Fact]
    public void TheOneWayMapGivesThePublishedElements()
    {
        foreach (Vector vector in OfKind("map"))
        {
            Assert.Equal(vector.Bytes("encoding"), Encoded(RistrettoPoint.FromUniformBytes(vector.Bytes("uniform"))));
        }
    }

    [Fact]
    public void TheWholeCosetIsOneElementWithOneEncoding()
    {
        Random random = new(1);
        for (int i = 0; i < 20; i++)
        {
            RistrettoPoint point = RandomPoint(random), scaled = new(Samples.Rescale(point.Representative, CurveModel.Field(2 + i)));
            Assert.Equal(Encoded(point), Encoded(scaled));

            // The points of order 4 are SmallOrderPoints 0, 2, 4 and 6.
            for (int torsion = 2; torsion < 8; torsion += 2)
            {
                RistrettoPoint other = new(scaled.Representative + SmallOrderPoints.All[torsion]);
                Assert.NotEqual(point.Representative, other.Representative);
                Assert.Equal(point, other);
                Assert.Equal(Encoded(point), Encoded(other));
            }

            Assert.NotEqual(point, RandomPoint(random));
            Assert.NotEqual(point, -point);
            Assert.Equal(RistrettoPoint.Identity, point - point);
        }

        for (int torsion = 0; torsion < 8; torsion += 2) Assert.True(new RistrettoPoint(SmallOrderPoints.All[torsion]).IsIdentity);
        Assert.False(RistrettoPoint.BasePoint.IsIdentity);
    }

    [Fact]
    public void EncodingsRoundTripAndRandomBytesDecodeOnlyToWhatEncodesToThem()
    {
        Random random = new(2);
        int accepted = 0, rejected = 0;
        for (int i = 0; i < 400; i++)
        {
            byte[] bytes = i % 2 == 0 ? Encoded(RandomPoint(random)) : Samples.Bytes(random, 32);
            bytes[0] &= 0xfe;
            bytes[31] &= 0x7f;
            if (RistrettoPoint.TryDecode(bytes, out RistrettoPoint point))
            {
                Assert.Equal(bytes, Encoded(point));
                accepted++;
            }
            else
            {
                Assert.True(i % 2 == 1);
                rejected++;
            }
        }

        Assert.True(accepted > 200 && rejected > 100);
    }

    [Fact]
    public void OnlyTheSignAndRangeOfAnEncodingDistinguishItFromAnother()
    {
        // −s and s + p decode to the same coordinates if nobody looks: both must be rejected.
        byte[] encoding = Encoded(RistrettoPoint.BasePoint);
        BigInteger s = CurveModel.FromBytes(encoding);
        Assert.False(RistrettoPoint.TryDecode(CurveModel.Bytes(CurveModel.P - s), out _));
        Assert.False(RistrettoPoint.TryDecode(CurveModel.Bytes(s + (BigInteger.One << 255)), out _));
        Assert.False(RistrettoPoint.TryDecode(CurveModel.Bytes(2 * CurveModel.P - s), out _));
    }

    [Fact]
    public void ScalarsActLinearly()
    {
        Random random = new(3);
        for (int i = 0; i < 20; i++)
        {
            Scalar a = Samples.Scalar(random), b = Samples.Scalar(random);
            RistrettoPoint p = RandomPoint(random), q = RandomPoint(random);
            Assert.Equal(RistrettoPoint.Multiply(a + b, p), RistrettoPoint.Multiply(a, p) + RistrettoPoint.Multiply(b, p));
            Assert.Equal(RistrettoPoint.Multiply(a, p + q), RistrettoPoint.Multiply(a, p) + RistrettoPoint.Multiply(a, q));
            Assert.Equal(RistrettoPoint.Multiply(a * b, p), RistrettoPoint.Multiply(a, RistrettoPoint.Multiply(b, p)));
            Assert.Equal(RistrettoPoint.DoubleScalarMultiplyBaseVartime(a, p, b), RistrettoPoint.Multiply(a, p) + RistrettoPoint.MultiplyBase(b));
            Assert.Equal(p.Double(), p + p);
        }
    }

    private static RistrettoPoint RandomPoint(Random random) => RistrettoPoint.FromUniformBytes(Samples.Bytes(random, 64));

    private static byte[] Encoded(RistrettoPoint point)
    {
        byte[] bytes = new byte[RistrettoPoint.Size];
        point.Encode(bytes);
        return bytes;
    }
}
