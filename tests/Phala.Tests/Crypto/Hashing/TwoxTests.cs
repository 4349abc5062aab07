using System.Buffers.Binary;
using System.Text;
using Phala.Crypto.Hashing;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Crypto.Hashing;

public sealed class TwoxTests
{
    [Fact]
    public void HashesEqualTheSanityCheckOfXxHash()
    {
        byte[] data = SanityData(222);
        foreach (Vector vector in VectorFile.Read("Crypto/Hashing/Vectors/xxh64.txt"))
        {
            ulong hash = XxHash64.Hash(data.AsSpan(0, vector.Number("length")), ulong.Parse(vector.Text("seed"), System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal(BinaryPrimitives.ReadUInt64BigEndian(vector.Bytes("hash")), hash);
        }
    }

    [Fact]
    public void StoragePrefixesEqualThoseOfPublicChains()
    {
        IReadOnlyList<Vector> vectors = VectorFile.Read("Crypto/Hashing/Vectors/storage-prefixes.txt");
        Assert.Equal(26, vectors.Count);
        foreach (Vector vector in vectors)
        {
            byte[] prefix = new byte[32];
            Twox.Hash128(Encoding.UTF8.GetBytes(vector.Text("pallet")), prefix.AsSpan(0, 16));
            Twox.Hash128(Encoding.UTF8.GetBytes(vector.Text("item")), prefix.AsSpan(16));
            Assert.Equal(vector.Bytes("prefix"), prefix);
        }
    }

    /// <summary>Vector V7 of the client protocol: Twox64Concat keys, in which the hash stands before the key.</summary>
    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000001", "874cb762a9d6a668")]
    [InlineData("3a3d45dc55b57bf542f4c6ff41af080ec675317f4ed50ae1d2713bf9f892692d", "d9390adc596846e6")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "d293ba795509cbdb")]
    public void HashesOfMapKeysEqualTheClientProtocol(string key, string hash)
    {
        byte[] digest = new byte[8];
        Twox.Hash64(Convert.FromHexString(key), digest);
        Assert.Equal(hash, Convert.ToHexStringLower(digest));
    }

    [Fact]
    public void ShorterDigestsAreThePrefixesOfLongerOnes()
    {
        for (int length = 0; length < 100; length++)
        {
            byte[] data = TestBytes.Random(length, length), d64 = new byte[8], d128 = new byte[16], d256 = new byte[32];
            Twox.Hash64(data, d64);
            Twox.Hash128(data, d128);
            Twox.Hash256(data, d256);
            Assert.Equal(d64, d128[..8]);
            Assert.Equal(d128, d256[..16]);
            Assert.Equal(4, d256.Chunk(8).Select(Convert.ToHexString).Distinct().Count());
        }
    }

    [Fact]
    public void AThousandDigestsEqualThoseOfPolkadotJs()
    {
        Random random = new(5);
        StringBuilder input = new();
        List<string> expected = [];
        HashSet<int> lengths = [];
        for (int index = 0; index < 1000; index++)
        {
            byte[] data = TestBytes.Random(random.Next(150), index), digest = new byte[8 << (index % 3)];
            lengths.Add(data.Length);
            if (digest.Length == 8) Twox.Hash64(data, digest);
            else if (digest.Length == 16) Twox.Hash128(data, digest);
            else Twox.Hash256(data, digest);
            expected.Add(Convert.ToHexStringLower(digest));
            input.Append(TestBytes.Hex(data)).Append(' ').Append(8 * digest.Length).Append('\n');
        }

        Assert.Equal(150, lengths.Count);
        Assert.Equal(expected, NodeJs.Run("twox.mjs", input.ToString()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void ADigestOfAnotherLengthIsABugOfTheCaller()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Twox.Hash64([], new byte[9]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Twox.Hash128([], new byte[15]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Twox.Hash256([], new byte[16]));
    }

    [Fact]
    public void NothingIsAllocated()
    {
        byte[] data = new byte[100], digest = new byte[32];
        Assert.Equal(0, Allocation.Of(() => Twox.Hash256(data, digest)));
    }

    private static byte[] SanityData(int length)
    {
        byte[] data = new byte[length];
        ulong generator = 2654435761;
        for (int at = 0; at < length; at++)
        {
            data[at] = (byte)(generator >> 56);
            generator *= 11400714785074694797;
        }

        return data;
    }
}
