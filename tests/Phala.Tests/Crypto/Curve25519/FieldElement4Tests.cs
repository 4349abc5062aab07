using System.Numerics;
using System.Runtime.Intrinsics;
using Phala.Crypto.Curve25519;
using Phala.Crypto.Curve25519.FourLane;
using Xunit;

namespace Phala.Tests.Crypto.Curve25519;

/// <summary>Four-lane products against <see cref="BigInteger"/>, up to the largest limbs that are allowed.</summary>
public sealed class FieldElement4Tests
{
    private const uint LargestLeftEven = (uint)(1.3195 * (1U << 28)), LargestLeftOdd = LargestLeftEven / 2, LargestRight = (uint)(1.6817 * (1U << 27));
    private const uint LargestSquared = (uint)(1.3195 * (1U << 27)), ReducedEven = (1U << 26) + (1U << 18), ReducedOdd = (1U << 25) + (1U << 18);

    public FieldElement4Tests() => Assert.SkipUnless(FourLaneArithmetic.IsSupported, "This processor has no AVX2.");

    [Fact]
    public void ProductsOfTheLargestLimbsAreRightAndReduced()
    {
        Random random = new(1);
        for (int i = 0; i < 2000; i++)
        {
            BigInteger[] x = new BigInteger[4], y = new BigInteger[4], z = new BigInteger[4];
            FieldElement4 a = Limbs(random, i == 0, LargestLeftEven, LargestLeftOdd, x);
            FieldElement4 b = Limbs(random, i == 0, LargestRight, LargestRight, y);
            FieldElement4 c = Limbs(random, i == 0, LargestSquared, LargestSquared, z);
            FieldMultiplication4.Multiply(a, b, out FieldElement4 product);
            FieldMultiplication4.Square(c, out FieldElement4 square);
            AssertReduced(product);
            AssertReduced(square);
            for (int lane = 0; lane < 4; lane++)
            {
                Assert.Equal(CurveModel.Mod(x[lane] * y[lane]), CurveModel.Value(product.Lane(lane)));
                Assert.Equal(CurveModel.Mod(z[lane] * z[lane]), CurveModel.Value(square.Lane(lane)));
            }
        }
    }

    [Fact]
    public void TheDestinationMayBeAnOperand()
    {
        FieldElement4 a = Small(3, 5, 7, 11), b = Small(13, 17, 19, 23), c = a, d = b;
        FieldMultiplication4.Multiply(c, b, out c);
        FieldMultiplication4.Multiply(a, d, out d);
        FieldMultiplication4.Square(a, out a);
        Assert.Equal([39, 85, 133, 253], Values(c));
        Assert.Equal([39, 85, 133, 253], Values(d));
        Assert.Equal([9, 25, 49, 121], Values(a));
    }

    [Fact]
    public void PackingKeepsEachElementInItsLane()
    {
        Random random = new(2);
        for (int i = 0; i < 500; i++)
        {
            FieldElement[] elements = [.. Enumerable.Range(0, 4).Select(_ => Samples.ExtremeLimbs(random, (1UL << 51) + (1UL << 18) - 1))];
            FieldElement4 packed = FieldElement4.Pack(elements[0], elements[1], elements[2], elements[3]);
            AssertReduced(packed);
            Assert.Equal(elements.Select(element => CurveModel.Value(element)), Values(packed));
        }
    }

    private static FieldElement4 Small(ulong a, ulong b, ulong c, ulong d) =>
        FieldElement4.Pack(new(a, 0, 0, 0, 0), new(b, 0, 0, 0, 0), new(c, 0, 0, 0, 0), new(d, 0, 0, 0, 0));

    private static BigInteger[] Values(FieldElement4 packed) => [.. Enumerable.Range(0, 4).Select(lane => CurveModel.Value(packed.Lane(lane)))];

    private static FieldElement4 Limbs(Random random, bool all, uint largestEven, uint largestOdd, BigInteger[] values)
    {
        uint[] limbs = new uint[40];
        for (int i = 0; i < limbs.Length; i++)
        {
            uint largest = i % 2 == 0 ? largestEven : largestOdd;
            limbs[i] = all || random.Next(3) > 0 ? largest : random.Next(2) == 0 ? 0 : (uint)random.NextInt64(largest);

            // Vector v holds, for each of four lanes, limb 2 v and limb 2 v + 1.
            int vector = i / 8, lane = i % 8 / 2, limb = (2 * vector) + (i % 2);
            values[lane] += (BigInteger)limbs[i] << ((51 * vector) + (26 * (i % 2)));
            Assert.True(limb < 10);
        }

        FieldElement4 result;
        result.V0 = Vector256.Create(limbs, 0);
        result.V1 = Vector256.Create(limbs, 8);
        result.V2 = Vector256.Create(limbs, 16);
        result.V3 = Vector256.Create(limbs, 24);
        result.V4 = Vector256.Create(limbs, 32);
        return result;
    }

    private static void AssertReduced(in FieldElement4 packed)
    {
        foreach (Vector256<uint> vector in new[] { packed.V0, packed.V1, packed.V2, packed.V3, packed.V4 })
        {
            for (int i = 0; i < 8; i++) Assert.True(vector[i] < (i % 2 == 0 ? ReducedEven : ReducedOdd));
        }
    }
}
