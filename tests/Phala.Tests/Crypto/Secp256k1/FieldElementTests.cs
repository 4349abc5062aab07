using System.Numerics;
using Phala.Crypto.Secp256k1;
using Xunit;

namespace Phala.Tests.Crypto.Secp256k1;

public sealed class FieldElementTests
{
    private static readonly BigInteger P = NaiveSecp256k1.P;

    [Fact]
    public void ProductsSumsAndNegativesEqualThoseOfBigIntegers()
    {
        BigInteger[] values = [.. Interesting()];
        foreach (BigInteger a in values)
        {
            foreach (BigInteger b in values)
            {
                FieldElement x = Element(a), y = Element(b);
                AssertEqual(a * b, x * y);
                AssertEqual(a + b, x + y);
                AssertEqual(a - b, x + y.Negate(1));
                Assert.Equal(NaiveSecp256k1.Mod(a - b, P) == 0, x.Equals(y));
            }

            AssertEqual(a * a, Element(a).Square());
            AssertEqual(a * NaiveSecp256k1.Invert(2, P), Element(a).Half());
            Assert.Equal(!NaiveSecp256k1.Mod(a, P).IsEven, Element(a).IsOdd());
        }
    }

    [Fact]
    public void ProductsAreRightAtTheGreatestMagnitudes()
    {
        foreach (BigInteger a in Interesting())
        {
            FieldElement x = Element(a).Negate(1).Times(2), y = Element(a).Times(8);
            AssertEqual(-2 * a * 8 * a, x * y);
            AssertEqual(25 * a * a, Element(a).Times(5).Square());
            AssertEqual(a * 59, Element(a).Times(59).Reduce());
            AssertEqual(a * 60, Element(a).Times(60));
            AssertEqual(-20 * a, Element(a).Times(20).Negate(20));
        }

        // The largest limbs that magnitudes 4 and 8, and 5 squared, allow.
        ulong limb = (1UL << 52) + (1UL << 44), last = 1UL << 48;
        FieldElement top = new(limb, limb, limb, limb, last);
        BigInteger value = Value(limb, limb, limb, limb, last);
        AssertEqual(value * value * 32, top.Times(4) * top.Times(8));
        AssertEqual(value * value * 25, top.Times(5).Square());
        AssertEqual(value * 60, top.Times(60).Reduce());
    }

    [Fact]
    public void InversesAndRootsAreWhatTheyAreCalled()
    {
        int squares = 0;
        foreach (BigInteger a in Interesting())
        {
            AssertEqual(NaiveSecp256k1.Invert(a, P), Element(a).Invert());
            bool isSquare = BigInteger.ModPow(a % P, (P - 1) / 2, P) <= 1;
            Assert.Equal(isSquare, Element(a).TrySquareRoot(out FieldElement root));
            if (isSquare) AssertEqual(a, root.Square());
            if (isSquare) squares++;
        }

        Assert.InRange(squares, 10, Interesting().Count() - 10);
    }

    [Fact]
    public void OnlyNumbersBelowThePrimeAreRead()
    {
        foreach (BigInteger value in (BigInteger[])[0, 1, P - 1, P - 2, P - 977])
        {
            Assert.True(FieldElement.TryRead(NaiveSecp256k1.Bytes(value), out FieldElement element));
            AssertEqual(value, element);
        }

        foreach (BigInteger value in (BigInteger[])[P, P + 1, P + 977, (BigInteger.One << 256) - 1, (BigInteger.One << 256) - 978])
        {
            Assert.False(FieldElement.TryRead(NaiveSecp256k1.Bytes(value), out _));
        }
    }

    [Fact]
    public void NumbersFromPToTwoToThe256AreNormalized()
    {
        for (int offset = -3; offset <= 3; offset++) AssertEqual(P + offset, Element(P + offset));
        AssertEqual((BigInteger.One << 256) - 1, Element((BigInteger.One << 256) - 1));
        Assert.True(Element(P).IsZero());
        Assert.True(FieldElement.Zero.Negate(1).IsZero());
        Assert.True(FieldElement.Zero.Negate(19).IsZero());
        Assert.False(FieldElement.One.IsZero());
    }

    private static IEnumerable<BigInteger> Interesting()
    {
        for (int index = 0; index < 24; index++) yield return NaiveSecp256k1.Read(TestBytes.Random(32, index));
        for (int bits = 0; bits <= 256; bits += 16) yield return BigInteger.Min((BigInteger.One << bits) - 1, (BigInteger.One << 256) - 1);
        foreach (int small in (int[])[1, 2, 976, 977, 978]) yield return P - small;
        yield return P;
        yield return P >> 1;
    }

    private static FieldElement Element(BigInteger value)
    {
        ulong[] words = [.. Enumerable.Range(0, 4).Select(word => (ulong)((value >> (64 * word)) & ulong.MaxValue))];
        return FieldElement.FromWords(words[0], words[1], words[2], words[3]);
    }

    private static BigInteger Value(params ulong[] limbs) => limbs.Reverse().Aggregate(BigInteger.Zero, (sum, limb) => (sum << 52) + limb);

    private static void AssertEqual(BigInteger expected, in FieldElement actual)
    {
        byte[] bytes = new byte[32];
        actual.Write(bytes);
        Assert.Equal(NaiveSecp256k1.Mod(expected, P), NaiveSecp256k1.Read(bytes));
    }
}
