using System.Runtime.Intrinsics.X86;
using FsCheck;
using FsCheck.Fluent;
using Phala.Crypto.Hashing;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Crypto.Hashing;

public sealed class Blake2bTests(ITestOutputHelper output)
{
    [Fact]
    public void DigestsEqualThePublishedVectors()
    {
        IReadOnlyList<Vector> vectors = VectorFile.Read("Crypto/Hashing/Vectors/blake2b.txt");
        Assert.Equal(57, vectors.Count);
        foreach (Vector vector in vectors)
        {
            byte[] message = vector.Has("message") ? vector.Bytes("message") : Sequence(vector.Number("length"));
            byte[] digest = new byte[64];
            Blake2b.Hash(message, digest, vector.Bytes("key"));
            Assert.Equal(vector.Bytes("digest"), digest);
        }
    }

    /// <summary>The self-test of RFC 7693, appendix E: one number over 6 × 4 digests, keyed and not.</summary>
    [Fact]
    public void TheSelfTestOfTheRfcHolds()
    {
        Blake2bState all = Blake2bState.Create(32);
        foreach (int digestLength in (int[])[20, 32, 48, 64])
        {
            foreach (int length in (int[])[0, 3, 128, 129, 255, 1024])
            {
                byte[] message = SelfTestSequence(length, length), digest = new byte[digestLength];
                Blake2b.Hash(message, digest);
                all.Append(digest);
                Blake2b.Hash(message, digest, SelfTestSequence(digestLength, digestLength));
                all.Append(digest);
            }
        }

        byte[] result = new byte[32];
        all.Finish(result);
        Assert.Equal("c23a7800d98123bd10f506c61e29da5603d763b8bbad2e737f5e765a7bccd475", Convert.ToHexStringLower(result));
    }

    [Fact]
    public void EveryLengthOfMessageDigestAndKeyEqualsTheNaiveImplementation()
    {
        for (int length = 0; length <= 400; length++)
        {
            byte[] message = TestBytes.Random(length, seed: length), key = TestBytes.Random(length % 65, seed: ~length);
            byte[] digest = new byte[1 + (length % 64)];
            Blake2b.Hash(message, digest, key);
            Assert.Equal(NaiveBlake2b.Hash(message, digest.Length, key), digest);
            Blake2b.Hash(message, digest);
            Assert.Equal(NaiveBlake2b.Hash(message, digest.Length), digest);
        }
    }

    [Fact]
    public void TheNamedLengthsEqualTheGeneralHash()
    {
        byte[] message = Sequence(200);
        foreach ((int length, HashFunction hash) in new (int, HashFunction)[] { (16, Blake2b.Hash128), (32, Blake2b.Hash256), (64, Blake2b.Hash512) })
        {
            byte[] digest = new byte[length];
            hash(message, digest);
            Assert.Equal(NaiveBlake2b.Hash(message, length), digest);
            Assert.Throws<ArgumentOutOfRangeException>(() => hash(message, new byte[length + 1]));
            Assert.Throws<ArgumentOutOfRangeException>(() => hash(message, new byte[length - 1]));
        }
    }

    [Fact]
    public void AMessageInPartsHasTheDigestOfTheWhole() => Prop.ForAll(
        ArbMap.Default.ArbFor<ushort[]>(),
        cuts =>
        {
            byte[] message = TestBytes.Random(cuts.Sum(cut => cut % 300), cuts.Length), key = TestBytes.Random(cuts.Length % 65, 1);
            Blake2bState state = Blake2bState.Create(64, key);
            int at = 0;
            foreach (ushort cut in cuts)
            {
                state.Append(message.AsSpan(at, cut % 300));
                at += cut % 300;
            }

            byte[] digest = new byte[64];
            state.Finish(digest);
            return digest.SequenceEqual(NaiveBlake2b.Hash(message, 64, key));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true));

    [Fact]
    public void AStateGoesOnAfterFinishAndCopiesAreIndependent()
    {
        byte[] message = Sequence(300), digest = new byte[32];
        Blake2bState state = Blake2bState.Create(32);
        for (int at = 0; at < message.Length; at++)
        {
            state.Finish(digest);
            Assert.Equal(NaiveBlake2b.Hash(message[..at], 32), digest);
            Blake2bState other = state;
            other.Append([0xFF]);
            state.Append(message.AsSpan(at, 1));
        }
    }

    [Fact]
    public void EveryPathCompressesAlike()
    {
        output.WriteLine($"paths: scalar{(Avx2.IsSupported ? ", AVX2" : "")}");
        for (int blocks = 1; blocks <= 5; blocks++)
        {
            byte[] input = TestBytes.Random(128 * blocks, blocks);
            foreach (ulong flag in (ulong[])[0, Blake2bCompression.Last])
            {
                ulong counter = ulong.MaxValue / (ulong)(blocks + 1);
                Blake2bCompression.Initialize(out Blake2bChain scalar, 64, 7);
                Blake2bChain vector = scalar, before = scalar;
                Blake2bScalar.Compress(ref scalar, input, counter, flag);
                Assert.False(((ReadOnlySpan<ulong>)scalar).SequenceEqual(before));
                if (!Avx2.IsSupported) continue;
                Blake2bAvx2.Compress(ref vector, input, counter, flag);
                Assert.Equal(((ReadOnlySpan<ulong>)scalar).ToArray(), ((ReadOnlySpan<ulong>)vector).ToArray());
            }
        }
    }

    [Fact]
    public void LengthsOutOfBoundsAreBugsOfTheCaller()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Blake2b.Hash([], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => Blake2b.Hash([], new byte[65]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Blake2b.Hash([], new byte[64], new byte[65]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Blake2bState.Create(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Blake2bState.Create(65));
        Assert.Throws<ArgumentOutOfRangeException>(() => Blake2bState.Create(64, new byte[65]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Blake2bState.Create(32).Finish(new byte[31]));
        Assert.Throws<InvalidOperationException>(() => default(Blake2bState).Append([1]));
        Assert.Throws<InvalidOperationException>(() => default(Blake2bState).Finish([]));
    }

    [Fact]
    public void NothingIsAllocated()
    {
        byte[] message = Sequence(250), digest = new byte[32], key = Sequence(32);
        Assert.Equal(0, Allocation.Of(() =>
        {
            Blake2b.Hash256(message, digest);
            Blake2b.Hash(message, digest, key);
        }));
    }

    [Fact]
    public void AThousandDigestsEqualThoseOfNoble()
    {
        Random random = new(20);
        List<string> expected = [];
        System.Text.StringBuilder input = new();
        HashSet<int> digestLengths = [], keyLengths = [];
        for (int index = 0; index < 1000; index++)
        {
            byte[] message = TestBytes.Random(random.Next(600), index), key = TestBytes.Random(index % 2 == 0 ? 0 : random.Next(1, 65), index), digest = new byte[1 + (index % 64)];
            digestLengths.Add(digest.Length);
            keyLengths.Add(key.Length);
            Blake2b.Hash(message, digest, key);
            expected.Add(Convert.ToHexStringLower(digest));
            input.Append(TestBytes.Hex(message)).Append(' ').Append(TestBytes.Hex(key)).Append(' ').Append(digest.Length).Append('\n');
        }

        Assert.Equal(64, digestLengths.Count);
        Assert.True(keyLengths.Count > 60);
        Assert.Equal(expected, NodeJs.Run("blake2b.mjs", input.ToString()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private delegate void HashFunction(ReadOnlySpan<byte> message, Span<byte> digest);

    private static byte[] Sequence(int length) => [.. Enumerable.Range(0, length).Select(value => (byte)value)];

    /// <summary>The Fibonacci generator of RFC 7693, appendix E.</summary>
    private static byte[] SelfTestSequence(int length, int seed)
    {
        uint a = 0xDEAD4BAD * (uint)seed, b = 1;
        byte[] bytes = new byte[length];
        for (int at = 0; at < length; at++)
        {
            (a, b) = (b, a + b);
            bytes[at] = (byte)(b >> 24);
        }

        return bytes;
    }
}
