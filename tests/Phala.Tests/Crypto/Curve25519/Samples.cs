using System.Numerics;
using Phala.Crypto.Curve25519;

namespace Phala.Tests.Crypto.Curve25519;

/// <summary>Edge and pseudo-random values, the same on every run.</summary>
internal static class Samples
{
    /// <summary>Values around every boundary of the field's and the scalars' representations.</summary>
    internal static readonly BigInteger[] Edges =
    [
        0, 1, 2, 8, 18, 19, 20, (BigInteger.One << 51) - 1, BigInteger.One << 51, (BigInteger.One << 64) - 1, BigInteger.One << 64, (BigInteger.One << 128) - 1,
        (BigInteger.One << 252) - 1, BigInteger.One << 252, CurveModel.L - 1, CurveModel.L, CurveModel.L + 1, 2 * CurveModel.L, CurveModel.P - 19, CurveModel.P - 2,
        CurveModel.P - 1, CurveModel.P, CurveModel.P + 1, CurveModel.P + 18, (BigInteger.One << 255) - 1, 8 * CurveModel.L - 1, (BigInteger.One << 256) - 1,
        CurveModel.SqrtMinusOne, CurveModel.D, (CurveModel.P - 1) / 2,
    ];

    internal static byte[] Bytes(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    internal static BigInteger Number(Random random) =>
        random.Next(4) == 0 ? Edges[random.Next(Edges.Length)] : CurveModel.FromBytes(Bytes(random, 32));

    internal static Scalar Scalar(Random random) => CurveModel.ScalarOf(Number(random));

    /// <summary>A point with a random Z and, in one of two cases, a component of small order.</summary>
    internal static EdwardsPoint Point(Random random)
    {
        EdwardsPoint point = EdwardsPoint.MultiplyBase(CurveModel.ScalarOf(CurveModel.FromBytes(Bytes(random, 32))));
        if (random.Next(2) == 0) point += SmallOrderPoints.All[random.Next(8)];
        return Rescale(point, CurveModel.Field(1 + CurveModel.FromBytes(Bytes(random, 31))));
    }

    /// <summary>The same point with all coordinates multiplied.</summary>
    internal static EdwardsPoint Rescale(in EdwardsPoint p, in FieldElement factor) => new(p.X * factor, p.Y * factor, p.Z * factor, p.T * factor);

    /// <summary>Limbs at and near the largest that are loose, mixed with zeros and ordinary ones.</summary>
    internal static FieldElement ExtremeLimbs(Random random, ulong largest)
    {
        ulong Limb() => random.Next(5) switch
        {
            0 => 0,
            1 => largest,
            2 => largest - (ulong)random.Next(3),
            3 => (1UL << 51) - 1 + (ulong)random.Next(3),
            _ => (ulong)random.NextInt64((long)largest),
        };
        return new FieldElement(Limb(), Limb(), Limb(), Limb(), Limb());
    }
}
