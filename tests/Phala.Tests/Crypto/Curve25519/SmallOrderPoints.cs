using System.Numerics;
using Phala.Crypto.Curve25519;

namespace Phala.Tests.Crypto.Curve25519;

/// <summary>The eight points whose order divides 8: multiples of a point of order 8 found from scratch.</summary>
internal static class SmallOrderPoints
{
    internal static readonly EdwardsPoint[] All = Find();

    private static EdwardsPoint[] Find()
    {
        // l times any point has an order that divides 8; the first y that gives order 8 will do.
        for (BigInteger y = 2; ; y++)
        {
            if (CurveModel.Decompress(y, 0) is not { } point) continue;
            (BigInteger X, BigInteger Y) candidate = CurveModel.Multiply(CurveModel.L, point);
            if (CurveModel.Multiply(4, candidate) == CurveModel.Identity) continue;
            return [.. Enumerable.Range(0, 8).Select(i => CurveModel.PointOf(CurveModel.Multiply(i, candidate)))];
        }
    }
}
