using Phala.Crypto.Curve25519;
using Phala.Crypto.Curve25519.FourLane;
using Xunit;

namespace Phala.Tests.Crypto.Curve25519;

/// <summary>Decoding together equals decoding one by one, wherever among the others a bad encoding stands.</summary>
public sealed class BatchDecodingTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(41)]
    public void DecompressionTogetherEqualsOneByOne(int count)
    {
        Random random = new(count);
        for (int round = 0; round < 10; round++)
        {
            byte[] encodings = Encodings(random, count, round % 2 == 0, (point, destination) => point.Compress(destination));
            EdwardsPoint[] points = new EdwardsPoint[count];
            bool[] valid = new bool[count];
            bool all = BatchDecoding.TryDecompress(encodings, points, valid);
            Assert.Equal(valid.All(verdict => verdict), all);
            if (round % 2 == 0) Assert.True(all);
            for (int i = 0; i < count; i++)
            {
                Assert.Equal(EdwardsPoint.TryDecompress(encodings.AsSpan(32 * i, 32), out EdwardsPoint expected), valid[i]);
                Assert.Equal(expected, points[i]);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(41)]
    public void RistrettoDecodingTogetherEqualsOneByOne(int count)
    {
        Random random = new(count);
        for (int round = 0; round < 10; round++)
        {
            byte[] encodings = Encodings(random, count, round % 2 == 0, (point, destination) => new RistrettoPoint(point.Double()).Encode(destination));
            EdwardsPoint[] points = new EdwardsPoint[count];
            bool[] valid = new bool[count];
            bool all = BatchDecoding.TryDecodeRistretto(encodings, points, valid);
            Assert.Equal(valid.All(verdict => verdict), all);
            if (round % 2 == 0) Assert.True(all);
            for (int i = 0; i < count; i++)
            {
                Assert.Equal(RistrettoPoint.TryDecode(encodings.AsSpan(32 * i, 32), out RistrettoPoint expected), valid[i]);
                Assert.Equal(expected.Representative, points[i]);
            }
        }
    }

    [Fact]
    public void PowersOfFourEqualPowersOfEach()
    {
        Assert.SkipUnless(FourLaneArithmetic.IsSupported, "This processor has no AVX2.");
        Random random = new(1);
        for (int i = 0; i < 50; i++)
        {
            FieldElement[] z = [.. Enumerable.Range(0, 4).Select(_ => CurveModel.Field(Samples.Number(random)))];
            FieldElement4 powers = FieldRoots4.Pow22523(FieldElement4.Pack(z[0], z[1], z[2], z[3]));
            for (int lane = 0; lane < 4; lane++)
            {
                Assert.True(FieldElement.Equals(FieldRoots.Pow22523(z[lane]), powers.Lane(lane)));
            }
        }
    }

    private delegate void Writer(EdwardsPoint point, Span<byte> destination);

    private static byte[] Encodings(Random random, int count, bool allValid, Writer write)
    {
        byte[] encodings = new byte[32 * count];
        for (int i = 0; i < count; i++)
        {
            Span<byte> own = encodings.AsSpan(32 * i, 32);
            write(Samples.Point(random), own);
            if (!allValid && random.Next(3) == 0) random.NextBytes(own);
        }

        return encodings;
    }
}
