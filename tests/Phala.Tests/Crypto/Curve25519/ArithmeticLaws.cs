using Phala.Crypto.Curve25519;
using Xunit;

namespace Phala.Tests.Crypto.Curve25519;

/// <summary>What both forms of the group must do, stated once; the point of comparison is <see cref="EdwardsPoint"/>'s own operators.</summary>
internal static class ArithmeticLaws
{
    internal static void SumsDoublesAndNegativesAgree<TArithmetic, TSum, TTerm>()
        where TArithmetic : IGroupArithmetic<TSum, TTerm>
        where TSum : unmanaged
        where TTerm : unmanaged
    {
        Random random = new(1);
        for (int i = 0; i < 200; i++)
        {
            EdwardsPoint p = Samples.Point(random), q = (i % 5) switch { 0 => p, 1 => -p, 2 => SmallOrderPoints.All[i % 8], _ => Samples.Point(random) };
            TSum sum = TArithmetic.FromExtended(p);
            TTerm term = TArithmetic.Prepare(TArithmetic.FromExtended(q));
            TArithmetic.Add(ref sum, term);
            AssertSame(p + q, TArithmetic.ToExtended(sum));
            TArithmetic.Subtract(ref sum, term);
            AssertSame(p, TArithmetic.ToExtended(sum));
            TArithmetic.Subtract(ref sum, term);
            AssertSame(p - q, TArithmetic.ToExtended(sum));
            TArithmetic.Double(ref sum, 1);
            AssertSame((p - q).Double(), TArithmetic.ToExtended(sum));
            TArithmetic.Double(ref sum, 3);
            AssertSame((p - q).Double().MultiplyByCofactor(), TArithmetic.ToExtended(sum));
            AssertSame(p, TArithmetic.ToExtended(TArithmetic.FromExtended(p)));
        }
    }

    internal static void LookupGivesTheDigitsMultiple<TArithmetic, TSum, TTerm>()
        where TArithmetic : IGroupArithmetic<TSum, TTerm>
        where TSum : unmanaged
        where TTerm : unmanaged
    {
        for (int row = 0; row < BaseTable.Rows; row++)
        {
            Scalar weight = CurveModel.ScalarOf(System.Numerics.BigInteger.Pow(256, row));
            for (int digit = -8; digit <= 8; digit++)
            {
                TArithmetic.Lookup(TArithmetic.BaseRadix256.Slice(row * BaseTable.RowLength, BaseTable.RowLength), digit, out TTerm term);
                TSum sum = TArithmetic.FromExtended(EdwardsPoint.Identity);
                TArithmetic.Add(ref sum, term);
                Scalar multiple = weight * (digit < 0 ? -new Scalar((ulong)-digit) : new Scalar((ulong)digit));
                AssertSame(EdwardsPoint.Multiply(multiple, EdwardsPoint.BasePoint), TArithmetic.ToExtended(sum));
            }
        }

        for (int i = 0; i < TArithmetic.BaseOddMultiples.Length; i++)
        {
            TSum sum = TArithmetic.FromExtended(EdwardsPoint.Identity);
            TArithmetic.Add(ref sum, TArithmetic.BaseOddMultiples[i]);
            AssertSame(EdwardsPoint.Multiply(new Scalar(2 * (ulong)i + 1), EdwardsPoint.BasePoint), TArithmetic.ToExtended(sum));
        }
    }

    internal static void MultiplicationsAgreeWithTheModel<TArithmetic, TSum, TTerm>()
        where TArithmetic : IGroupArithmetic<TSum, TTerm>
        where TSum : unmanaged
        where TTerm : unmanaged
    {
        Random random = new(2);
        for (int i = 0; i < 60; i++)
        {
            Scalar a = i < Samples.Edges.Length ? CurveModel.ScalarOf(Samples.Edges[i]) : Samples.Scalar(random), b = Samples.Scalar(random);
            EdwardsPoint p = Samples.Point(random);
            EdwardsPoint aP = CurveModel.PointOf(CurveModel.Multiply(CurveModel.Value(a), CurveModel.Value(p)));
            EdwardsPoint aB = CurveModel.PointOf(CurveModel.Multiply(CurveModel.Value(a), CurveModel.Base));
            EdwardsPoint bB = CurveModel.PointOf(CurveModel.Multiply(CurveModel.Value(b), CurveModel.Base));
            AssertSame(aB, FixedBaseMultiplication.Multiply<TArithmetic, TSum, TTerm>(a));
            AssertSame(aP, VariableBaseMultiplication.Multiply<TArithmetic, TSum, TTerm>(a, p));
            AssertSame(aP + bB, DoubleBaseMultiplication.MultiplyVartime<TArithmetic, TSum, TTerm>(a, p, b));
        }
    }

    internal static void ManyProductsAreSummed<TArithmetic, TSum, TTerm>()
        where TArithmetic : IGroupArithmetic<TSum, TTerm>
        where TSum : unmanaged
        where TTerm : unmanaged
    {
        Random random = new(3);
        foreach (int count in new[] { 1, 2, 3, 17, 130 })
        {
            EdwardsPoint[] points = [.. Enumerable.Range(0, count).Select(_ => Samples.Point(random))];
            Scalar[] scalars = [.. Enumerable.Range(0, count).Select(_ => Samples.Scalar(random))];
            if (count > 2) points[1] = -points[2];
            EdwardsPoint expected = EdwardsPoint.Identity;
            for (int i = 0; i < count; i++) expected += EdwardsPoint.Multiply(scalars[i], points[i]);
            AssertSame(expected, StrausMultiplication.MultiplyVartime<TArithmetic, TSum, TTerm>(scalars, points));
            AssertSame(expected, PippengerMultiplication.MultiplyVartime<TArithmetic, TSum, TTerm>(scalars, points));
        }
    }

    /// <summary>The same point, on the curve, with the right T.</summary>
    private static void AssertSame(EdwardsPoint expected, EdwardsPoint actual)
    {
        Assert.Equal(expected, actual);
        Assert.True(FieldElement.Equals(actual.X * actual.Y, actual.Z * actual.T));
        Assert.False(actual.Z.IsZero);
    }
}
