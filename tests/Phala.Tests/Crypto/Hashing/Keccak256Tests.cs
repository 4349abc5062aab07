using System.Security.Cryptography;
using System.Text;
using Phala.Crypto.Hashing;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Crypto.Hashing;

public sealed class Keccak256Tests
{
    private static readonly IReadOnlyList<Vector> Vectors = VectorFile.Read("Crypto/Hashing/Vectors/keccak256.txt");

    public static TheoryData<string> Names => [.. Vectors.Select(vector => vector.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void AgreesWithPublishedVectors(string name)
    {
        Vector vector = Vectors.Single(vector => vector.Name == name);
        Assert.Equal(vector.Bytes("digest"), Digest(vector.Bytes("message")));
    }

    [Fact]
    public void PermutationOfZerosBeginsAsPublished()
    {
        // KeccakF-1600-IntermediateValues of the Keccak team: lanes after one and after two permutations of the zero state.
        ulong[] state = new ulong[25];
        KeccakPermutation.Permute(state);
        Assert.Equal(0xF1258F7940E1DDE7UL, state[0]);
        Assert.Equal(0xEAF1FF7B5CECA249UL, state[24]);
        KeccakPermutation.Permute(state);
        Assert.Equal(0x2D5C954DF96ECB3CUL, state[0]);
    }

    [Fact]
    public void PermutationEqualsTheNaiveOneOnRandomStates()
    {
        Random random = new(1);
        for (int round = 0; round < 500; round++)
        {
            ulong[] state = [.. Enumerable.Range(0, 25).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue))];
            ulong[] naive = [.. state];
            KeccakPermutation.Permute(state);
            NaiveKeccak.Permute(naive);
            Assert.Equal(naive, state);
        }
    }

    [Fact]
    public void TheNaiveSpongeIsSha3WithTheOtherPadding()
    {
        if (!SHA3_256.IsSupported) Assert.Skip("The platform's SHA-3 is missing.");
        for (int length = 0; length < 300; length += 7)
        {
            byte[] message = RandomNumberGenerator.GetBytes(length);
            Assert.Equal(SHA3_256.HashData(message), NaiveKeccak.Sponge(message, 136, 0x06));
        }
    }

    [Fact]
    public void EveryLengthOverTwoBlocksEqualsTheNaiveSponge()
    {
        for (int length = 0; length <= 280; length++)
        {
            byte[] message = [.. Enumerable.Range(0, length).Select(at => (byte)((at * 7) + length))];
            Assert.Equal(NaiveKeccak.Sponge(message, 136, 0x01), Digest(message));
        }
    }

    [Fact]
    public void CutsDoNotMatter()
    {
        Random random = new(2);
        for (int round = 0; round < 300; round++)
        {
            byte[] message = new byte[random.Next(700)];
            random.NextBytes(message);
            Keccak256 hash = default;
            int at = 0, parts = 0;
            while (at < message.Length)
            {
                int taken = random.Next(Math.Min(200, message.Length - at) + 1);
                hash.Append(message.AsSpan(at, taken));
                at += taken;
                parts++;
            }

            byte[] digest = new byte[32];
            hash.Finish(digest);
            Assert.Equal(Digest(message), digest);
            Assert.True(message.Length < 400 || parts > 1);
        }
    }

    [Fact]
    public void FinishLeavesTheEmptyMessageAndACopyIsAFork()
    {
        byte[] first = new byte[32], second = new byte[32];
        Keccak256 hash = default;
        hash.Append("ab"u8);
        Keccak256 fork = hash;
        fork.Append("c"u8);
        hash.Finish(first);
        fork.Finish(second);
        Assert.Equal(Digest("ab"u8.ToArray()), first);
        Assert.Equal(Digest("abc"u8.ToArray()), second);
        hash.Finish(first);
        Assert.Equal(Digest([]), first);
    }

    [Fact]
    public void WrongLengthsAreTheCallersBug()
    {
        Assert.Throws<ArgumentException>(() => Keccak256.Hash([], new byte[31]));
        Assert.Throws<ArgumentException>(() => Keccak256.Hash([], new byte[33]));
        Assert.Throws<ArgumentException>(() => KeccakPermutation.Permute(new ulong[24]));
    }

    [Fact]
    public void HashAllocatesNothing()
    {
        byte[] message = new byte[1000], digest = new byte[32];
        Keccak256.Hash(message, digest);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 100; round++) Keccak256.Hash(message, digest);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void AgreesWithNobleHashesOnAThousandRandomMessages()
    {
        Random random = new(3);
        byte[][] messages = [.. Enumerable.Range(0, 1000).Select(_ => RandomBytes(random, random.Next(400)))];
        StringBuilder input = new();
        foreach (byte[] message in messages) input.Append(Convert.ToHexStringLower(message)).Append('\n');
        string[] digests = NodeJs.Run("keccak256.mjs", input.ToString()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(messages.Select(message => Convert.ToHexStringLower(Digest(message))), digests);
        Assert.True(digests.Distinct().Count() > 990);
    }

    private static byte[] RandomBytes(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Digest(byte[] message)
    {
        byte[] digest = new byte[32];
        Keccak256.Hash(message, digest);
        return digest;
    }
}
