using System.Numerics;
using System.Security.Cryptography;
using Phala.Crypto.Curve25519;
using Phala.Crypto.Curve25519.FourLane;
using Phala.Testing;
using Xunit;
using Vector = Phala.Testing.Vector;

namespace Phala.Tests.Crypto.Curve25519;

/// <summary>X25519 against RFC 7748's vectors and against the Edwards curve; RFC 8032's keys for the fixed base.</summary>
public sealed class MontgomeryLadderTests
{
    private static readonly byte[] BaseU = CurveModel.Bytes(9);

    private static IReadOnlyList<Vector> Vectors => VectorFile.Read("Crypto/Curve25519/Vectors/x25519.txt");

    [Fact]
    public void SingleCallsGiveThePublishedResults()
    {
        foreach (Vector vector in Vectors.Where(vector => vector.Text("kind") == "call"))
        {
            Assert.Equal(vector.Bytes("result"), X25519(vector.Bytes("scalar"), vector.Bytes("u")));
        }
    }

    [Fact]
    public void IteratedCallsGiveThePublishedResults()
    {
        foreach (Vector vector in Vectors.Where(vector => vector.Text("kind") == "iterated"))
        {
            Assert.Equal(vector.Bytes("result"), Iterated(vector.Number("count")));
        }
    }

    /// <summary>Half a minute: <c>Phala.Tests -explicit only -method '*AMillion*'</c>.</summary>
    [Fact(Explicit = true)]
    public void AMillionIteratedCallsGiveThePublishedResult()
    {
        Vector vector = Vectors.Single(vector => vector.Text("kind") == "long");
        Assert.Equal(vector.Bytes("result"), Iterated(vector.Number("count")));
    }

    [Fact]
    public void BothSidesAgreeOnThePublishedSecret()
    {
        foreach (Vector vector in Vectors.Where(vector => vector.Text("kind") == "agreement"))
        {
            byte[] result = new byte[32];
            MontgomeryLadder.MultiplyBase(vector.Bytes("private"), result);
            Assert.Equal(vector.Bytes("public"), result);
            Assert.Equal(vector.Bytes("public"), X25519(vector.Bytes("private"), BaseU));
            Assert.Equal(vector.Bytes("shared"), X25519(vector.Bytes("private"), vector.Bytes("other")));
        }
    }

    [Fact]
    public void TheLadderAgreesWithTheEdwardsCurve()
    {
        Random random = new(1);
        for (int i = 0; i < 100; i++)
        {
            byte[] scalar = Samples.Bytes(random, 32), u = new byte[32], fixedBase = new byte[32];
            EdwardsPoint point = Samples.Point(random);
            point.ToMontgomeryU().ToBytes(u);
            byte[] clamped = [.. scalar];
            Scalar.Clamp(clamped);

            // The clamped scalar is a multiple of 8, so only the part of order l counts, but there n must not be reduced before dividing.
            Scalar eighth = CurveModel.ScalarOf(CurveModel.FromBytes(clamped) / 8);
            byte[] expected = new byte[32];
            EdwardsPoint.Multiply(eighth, point.MultiplyByCofactor()).ToMontgomeryU().ToBytes(expected);
            Assert.Equal(expected, X25519(scalar, u));

            MontgomeryLadder.MultiplyBase(scalar, fixedBase);
            Assert.Equal(fixedBase, X25519(scalar, BaseU));
        }
    }

    [Fact]
    public void BothFormsOfTheLadderAgree()
    {
        Assert.SkipUnless(FourLaneArithmetic.IsSupported, "This processor has no AVX2.");
        Random random = new(4);
        for (int i = 0; i < 200; i++)
        {
            byte[] scalar = Samples.Bytes(random, 32);
            Scalar.Clamp(scalar);
            FieldElement u = CurveModel.Field(Samples.Number(random));
            MontgomeryLadder.Ladder(scalar, u, out FieldElement x, out FieldElement z);
            ParallelLadder.Multiply(scalar, u, out FieldElement otherX, out FieldElement otherZ);
            Assert.True(FieldElement.Equals(x * otherZ, otherX * z));
            Assert.Equal(z.IsZero, otherZ.IsZero);
        }
    }

    [Fact]
    public void NonCanonicalAndTwistCoordinatesAreTaken()
    {
        Random random = new(2);
        byte[] scalar = Samples.Bytes(random, 32);
        for (int u = 0; u < 19; u++)
        {
            // On the twist or on the curve; u + p and the highest bit change nothing.
            byte[] expected = X25519(scalar, CurveModel.Bytes(u));
            Assert.Equal(expected, X25519(scalar, CurveModel.Bytes(CurveModel.P + u)));
            Assert.Equal(expected, X25519(scalar, CurveModel.Bytes(u + (BigInteger.One << 255))));
            Assert.Equal(u < 2, expected.All(b => b == 0));
        }
    }

    [Fact]
    public void PointsOfSmallOrderGiveZero()
    {
        Random random = new(3);
        byte[] u = new byte[32];
        foreach (EdwardsPoint point in SmallOrderPoints.All)
        {
            point.ToMontgomeryU().ToBytes(u);
            Assert.All(X25519(Samples.Bytes(random, 32), u), b => Assert.Equal(0, b));
        }
    }

    [Fact]
    public void FixedBaseGivesThePublishedEd25519Keys()
    {
        foreach (Vector vector in VectorFile.Read("Crypto/Curve25519/Vectors/ed25519-keys.txt"))
        {
            byte[] secret = SHA512.HashData(vector.Bytes("secret"))[..32], written = new byte[32];
            Scalar.Clamp(secret);
            EdwardsPoint.MultiplyBase(Scalar.FromBytesModOrder(secret)).Compress(written);
            Assert.Equal(vector.Bytes("public"), written);
            Assert.True(EdwardsPoint.TryDecompressStrict(written, out EdwardsPoint point));
            Assert.True(CurveModel.IsTorsionFree(point));
        }
    }

    private static byte[] Iterated(int count)
    {
        byte[] scalar = BaseU, u = BaseU;
        for (int i = 0; i < count; i++) (scalar, u) = (X25519(scalar, u), scalar);
        return scalar;
    }

    private static byte[] X25519(byte[] scalar, byte[] u)
    {
        byte[] result = new byte[32];
        MontgomeryLadder.Multiply(scalar, u, result);
        return result;
    }
}
