using Phala.Crypto.Hashing;
using Xunit;

namespace Phala.Tests.Crypto.Hashing;

public sealed class TwoxStateTests
{
    public static TheoryData<int> DigestLengths => [8, 16, 32];

    [Theory]
    [MemberData(nameof(DigestLengths))]
    public void EverySplitOfAMessageGivesTheDigestOfTheWhole(int digestLength)
    {
        HashSet<string> digests = [];
        for (int length = 0; length <= 200; length++)
        {
            byte[] message = TestBytes.Random(length, length), expected = OneShot(message, digestLength), actual = new byte[digestLength];
            digests.Add(Convert.ToHexString(expected));
            for (int split = 0; split <= length; split++)
            {
                TwoxState state = TwoxState.Create(digestLength);
                state.Append(message.AsSpan(0, split));
                state.Append(message.AsSpan(split));
                state.Finish(actual);
                Assert.Equal(expected, actual);
            }
        }

        Assert.Equal(201, digests.Count);
    }

    [Theory]
    [MemberData(nameof(DigestLengths))]
    public void LongMessagesInPartsOfAnyLengthGiveTheDigestOfTheWhole(int digestLength)
    {
        Random random = new(9);
        foreach (int most in (int[])[1, 5, 31, 32, 33, 64, 1000, 5000])
        {
            byte[] message = TestBytes.Random(20_000 + most, most), actual = new byte[digestLength];
            TwoxState state = TwoxState.Create(digestLength);
            for (int at = 0; at < message.Length;)
            {
                int taken = Math.Min(random.Next(most + 1), message.Length - at);
                state.Append(message.AsSpan(at, taken));
                at += taken;
            }

            state.Finish(actual);
            Assert.Equal(OneShot(message, digestLength), actual);
        }
    }

    [Fact]
    public void AFinishedStateGoesOnAndACopyGoesItsOwnWay()
    {
        byte[] message = TestBytes.Random(100, 1), digest = new byte[16];
        TwoxState state = TwoxState.Create(16);
        state.Append(message.AsSpan(0, 70));
        TwoxState copy = state;
        state.Finish(digest);
        Assert.Equal(OneShot(message[..70], 16), digest);
        state.Append(message.AsSpan(70));
        state.Finish(digest);
        Assert.Equal(OneShot(message, 16), digest);
        copy.Append([1]);
        copy.Finish(digest);
        Assert.Equal(OneShot([.. message[..70], 1], 16), digest);
    }

    [Fact]
    public void WrongLengthsAndTheDefaultValueAreBugsOfTheCaller()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TwoxState.Create(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TwoxState.Create(24));
        Assert.Throws<ArgumentOutOfRangeException>(() => TwoxState.Create(64));
        Assert.Throws<ArgumentOutOfRangeException>(() => TwoxState.Create(16).Finish(new byte[8]));
        Assert.Throws<InvalidOperationException>(() => default(TwoxState).Append([]));
        Assert.Throws<InvalidOperationException>(() => default(TwoxState).Finish([]));
    }

    [Fact]
    public void NothingIsAllocated()
    {
        byte[] data = new byte[100], digest = new byte[32];
        Assert.Equal(0, Allocation.Of(() =>
        {
            TwoxState state = TwoxState.Create(32);
            state.Append(data);
            state.Append(data);
            state.Finish(digest);
        }));
    }

    private static byte[] OneShot(byte[] message, int digestLength)
    {
        byte[] digest = new byte[digestLength];
        if (digestLength == 8) Twox.Hash64(message, digest);
        else if (digestLength == 16) Twox.Hash128(message, digest);
        else Twox.Hash256(message, digest);
        return digest;
    }
}
