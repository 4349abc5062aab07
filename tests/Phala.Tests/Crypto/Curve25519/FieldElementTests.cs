using System.Numerics;
using Phala.Crypto.Curve25519;
using Xunit;

namespace Phala.Tests.Crypto.Curve25519;

/// <summary>Field arithmetic against <see cref="BigInteger"/>, at the bounds of the limbs and everywhere.</summary>
public sealed class FieldElementTests
{
    /// <summary>The largest limb that is still below 1.6 · 2^52.</summary>
    private const ulong LargestLoose = (ulong)(1.6 * (1UL << 52)) - 1;

    /// <summary>The largest tight limb.</summary>
    private const ulong LargestTight = (1UL << 51) + (1UL << 18) - 1;

    [Fact]
    public void LooseOperandsGiveTightAndRightResults()
    {
        Random random = new(1);
        FieldElement largest = new(LargestLoose, LargestLoose, LargestLoose, LargestLoose, LargestLoose);
        for (int i = 0; i < 4000; i++)
        {
            FieldElement a = i == 0 ? largest : Samples.ExtremeLimbs(random, LargestLoose);
            FieldElement b = i == 0 ? largest : Samples.ExtremeLimbs(random, LargestLoose);
            BigInteger x = CurveModel.Value(a), y = CurveModel.Value(b);
            AssertTight(x * y, a * b);
            AssertTight(x * x, a.Square());
            AssertTight(x + y, a + b);
            AssertTight(x - y, a - b);
            AssertTight(-x, -a);
        }
    }

    [Fact]
    public void TightOperandsGiveLooseResultsWithoutCarry()
    {
        Random random = new(2);
        for (int i = 0; i < 4000; i++)
        {
            FieldElement a = i < 2 ? new(LargestTight, LargestTight, LargestTight, LargestTight, LargestTight) : Samples.ExtremeLimbs(random, LargestTight);
            FieldElement b = i == 0 ? a : i == 1 ? default : Samples.ExtremeLimbs(random, LargestTight);
            AssertLimbsBelow(LargestLoose + 1, FieldElement.AddLoose(a, b));
            AssertLimbsBelow(LargestLoose + 1, FieldElement.SubtractLoose(a, b));
            Assert.Equal(CurveModel.Mod(CurveModel.Value(a) + CurveModel.Value(b)), CurveModel.Value(FieldElement.AddLoose(a, b)));
            Assert.Equal(CurveModel.Mod(CurveModel.Value(a) - CurveModel.Value(b)), CurveModel.Value(FieldElement.SubtractLoose(a, b)));
        }
    }

    [Fact]
    public void RepeatedSquaresAreThePowerOfTwoPowers()
    {
        Random random = new(3);
        foreach (int count in new[] { 1, 2, 5, 100 })
        {
            BigInteger x = Samples.Number(random);
            Assert.Equal(BigInteger.ModPow(x, BigInteger.Pow(2, count), CurveModel.P), CurveModel.Value(CurveModel.Field(x).SquareTimes(count)));
        }
    }

    [Fact]
    public void EveryValueWritesItsCanonicalBytes()
    {
        Random random = new(4);
        byte[] written = new byte[32];
        foreach (BigInteger edge in Samples.Edges)
        {
            // Reading ignores the highest bit; writing reduces.
            FieldElement.FromBytes(CurveModel.Bytes(edge)).ToBytes(written);
            Assert.Equal(CurveModel.Bytes(CurveModel.Mod(edge & ((BigInteger.One << 255) - 1))), written);
        }

        for (int i = 0; i < 2000; i++)
        {
            FieldElement any = Samples.ExtremeLimbs(random, LargestLoose);
            any.ToBytes(written);
            Assert.Equal(CurveModel.Bytes(CurveModel.Value(any)), written);
            Assert.Equal((written[0] & 1) == 1, any.IsNegative);
        }
    }

    [Fact]
    public void CanonicalReadingAcceptsExactlyWhatIsBelowP()
    {
        foreach (BigInteger edge in Samples.Edges)
        {
            bool accepted = FieldElement.TryFromCanonicalBytes(CurveModel.Bytes(edge), out FieldElement value);
            Assert.Equal(edge < CurveModel.P, accepted);
            Assert.Equal(accepted ? edge : 0, CurveModel.Value(value));
        }
    }

    [Fact]
    public void MultiplesOfPAreZeroAndEqual()
    {
        FieldElement p = new((1UL << 51) - 19, (1UL << 51) - 1, (1UL << 51) - 1, (1UL << 51) - 1, (1UL << 51) - 1);
        foreach (FieldElement zero in new[] { FieldElement.Zero, p, p + p, p - p, FieldElement.AddLoose(p, p) })
        {
            Assert.True(zero.IsZero);
            Assert.Equal(ulong.MaxValue, zero.IsZeroMask());
            Assert.True(FieldElement.Equals(zero + FieldElement.One, FieldElement.One));
            Assert.False(FieldElement.Equals(zero + FieldElement.One, zero));
            Assert.False(zero.IsNegative);
        }

        Assert.False(FieldElement.One.IsZero);
        Assert.Equal(0UL, FieldElement.EqualsMask(FieldElement.One, p));
    }

    [Fact]
    public void MasksSelectSwapAndNegate()
    {
        FieldElement a = CurveModel.Field(5), b = CurveModel.Field(-7);
        Assert.Equal(5, CurveModel.Value(FieldElement.Select(0, a, b)));
        Assert.Equal(CurveModel.P - 7, CurveModel.Value(FieldElement.Select(ulong.MaxValue, a, b)));
        Assert.Equal(CurveModel.P - 5, CurveModel.Value(FieldElement.ConditionalNegate(ulong.MaxValue, a)));
        Assert.Equal(5, CurveModel.Value(FieldElement.ConditionalNegate(0, a)));
        Assert.Equal(CurveModel.P - 7, CurveModel.Value(b));
        FieldElement.ConditionalSwap(0, ref a, ref b);
        Assert.Equal(5, CurveModel.Value(a));
        FieldElement.ConditionalSwap(ulong.MaxValue, ref a, ref b);
        Assert.Equal(5, CurveModel.Value(b));
        Assert.Equal(CurveModel.P - 7, CurveModel.Value(a));
        Assert.Equal(6, CurveModel.Value(FieldElement.Absolute(CurveModel.Field(6))));
        Assert.Equal(6, CurveModel.Value(FieldElement.Absolute(CurveModel.Field(-6))));
    }

    [Fact]
    public void InverseTimesValueIsOne()
    {
        Random random = new(5);
        Assert.True(FieldRoots.Invert(FieldElement.Zero).IsZero);
        for (int i = 0; i < 200; i++)
        {
            BigInteger x = CurveModel.Mod(Samples.Number(random));
            Assert.Equal(x.IsZero ? 0 : 1, CurveModel.Value(CurveModel.Field(x) * FieldRoots.Invert(CurveModel.Field(x))));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(37)]
    public void InvertingTogetherEqualsInvertingEach(int count)
    {
        Random random = new(6);
        FieldElement[] values = [.. Enumerable.Range(0, count).Select(_ => CurveModel.Field(1 + CurveModel.FromBytes(Samples.Bytes(random, 31))))];
        BigInteger[] expected = [.. values.Select(value => CurveModel.Inverse(CurveModel.Value(value)))];
        FieldRoots.InvertAll(values, new FieldElement[count]);
        Assert.Equal(expected, values.Select(value => CurveModel.Value(value)));
    }

    [Fact]
    public void SquareRootsOfRatiosFollowRfc9496()
    {
        Random random = new(7);
        int squares = 0, others = 0;
        for (int i = 0; i < 400; i++)
        {
            BigInteger u = CurveModel.Mod(Samples.Number(random)), v = CurveModel.Mod(Samples.Number(random));
            bool isSquare = FieldRoots.SqrtRatioM1(CurveModel.Field(u), CurveModel.Field(v), out FieldElement root) != 0;
            BigInteger r = CurveModel.Value(root);
            BigInteger ratio = CurveModel.Mod(u * CurveModel.Inverse(v));
            Assert.Equal(u.IsZero || (!v.IsZero && CurveModel.Sqrt(ratio) is not null), isSquare);
            Assert.Equal(isSquare ? ratio : CurveModel.Mod(ratio * CurveModel.SqrtMinusOne), CurveModel.Mod(r * r));
            Assert.True(r.IsEven);
            if (isSquare) squares++;
            else others++;
        }

        Assert.True(squares > 100 && others > 100);
    }

    [Fact]
    public void ConstantsAreWhatTheirNamesSay()
    {
        BigInteger d = CurveModel.D;
        Assert.Equal(d, CurveModel.Value(FieldConstants.D));
        Assert.Equal(CurveModel.Mod(2 * d), CurveModel.Value(FieldConstants.D2));
        Assert.Equal(CurveModel.SqrtMinusOne, CurveModel.Value(FieldConstants.SqrtMinusOne));
        Assert.Equal(CurveModel.Mod(-d - 1), CurveModel.Value(FieldConstants.SqrtADMinusOne.Square()));
        Assert.True(FieldConstants.SqrtADMinusOne.IsNegative);
        Assert.Equal(CurveModel.Inverse(-1 - d), CurveModel.Value(FieldConstants.InvSqrtAMinusD.Square()));
        Assert.False(FieldConstants.InvSqrtAMinusD.IsNegative);
        Assert.Equal(CurveModel.Mod(1 - d * d), CurveModel.Value(FieldConstants.OneMinusDSquared));
        Assert.Equal(CurveModel.Mod((d - 1) * (d - 1)), CurveModel.Value(FieldConstants.DMinusOneSquared));
        Assert.Equal(CurveModel.Base, CurveModel.Value(EdwardsPoint.BasePoint));
        Assert.Equal(CurveModel.Mod(CurveModel.Base.X * CurveModel.Base.Y), CurveModel.Value(FieldConstants.BaseT));
    }

    private static void AssertTight(BigInteger expected, FieldElement actual)
    {
        AssertLimbsBelow(LargestTight + 1, actual);
        Assert.Equal(CurveModel.Mod(expected), CurveModel.Value(actual));
    }

    private static void AssertLimbsBelow(ulong bound, in FieldElement e) =>
        Assert.True(Math.Max(Math.Max(Math.Max(e.L0, e.L1), Math.Max(e.L2, e.L3)), e.L4) < bound);
}
