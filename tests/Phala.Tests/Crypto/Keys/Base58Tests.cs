using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Phala.Crypto.Keys;
using Xunit;

namespace Phala.Tests.Crypto.Keys;

public sealed class Base58Tests
{
    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    /// <summary>The test vectors of the Base58 encoding scheme's Internet draft (draft-msporny-base58).</summary>
    [Theory]
    [InlineData("48656c6c6f20576f726c6421", "2NEpo7TZRRrLZSi2U")]
    [InlineData("54686520717569636b2062726f776e20666f78206a756d7073206f76657220746865206c617a7920646f672e", "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z")]
    [InlineData("0000287fb4cd", "11233QC4")]
    [InlineData("", "")]
    [InlineData("000000", "111")]
    public void EncodingsEqualThePublishedOnes(string hex, string text)
    {
        Assert.Equal(text, Base58.Encode(Convert.FromHexString(hex)));
        AssertDecodes(Convert.FromHexString(hex), text);
    }

    [Fact]
    public void EveryEncodingIsReadBackAndEqualsTheNaiveOne() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(),
        bytes =>
        {
            byte[] padded = [.. new byte[bytes.Length % 4], .. bytes];
            string text = Base58.Encode(padded);
            AssertDecodes(padded, text);
            return text == Naive(padded) && text.Length <= Base58.MaxTextLength(padded.Length);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true));

    [Fact]
    public void LongInputIsEncodedToo()
    {
        foreach (int length in (int[])[63, 64, 65, 300])
        {
            byte[] bytes = TestBytes.Random(length, length);
            Assert.Equal(Naive(bytes), Base58.Encode(bytes));
            bytes.AsSpan().Fill(0xFF);
            Assert.Equal(Naive(bytes), Base58.Encode(bytes));
            Assert.InRange(Base58.Encode(bytes).Length, 1, Base58.MaxTextLength(length));
        }
    }

    [Fact]
    public void OtherCharactersAreRejected()
    {
        for (char character = '\0'; character < 0x180; character++)
        {
            Base58Error expected = Alphabet.Contains(character, StringComparison.Ordinal) ? Base58Error.None : Base58Error.BadCharacter;
            Assert.Equal(expected, Base58.TryDecode(['2', character, '2'], new byte[8], out _));
        }
    }

    [Fact]
    public void NumbersThatDoNotFitAreRejected()
    {
        byte[] four = new byte[4];
        Assert.Equal(Base58Error.None, Base58.TryDecode(Base58.Encode([255, 255, 255, 255]), four, out _));
        Assert.Equal(Base58Error.TooLong, Base58.TryDecode(Base58.Encode([1, 0, 0, 0, 0]), four, out _));
        Assert.Equal(Base58Error.TooLong, Base58.TryDecode(Base58.Encode([0, 1, 0, 0, 0]), four, out _));
        Assert.Equal(Base58Error.TooLong, Base58.TryDecode("11111", four, out _));
        Assert.Equal(Base58Error.TooLong, Base58.TryDecode(new string('z', 1_000_000), four, out _));
    }

    private static void AssertDecodes(byte[] expected, string text)
    {
        byte[] bytes = new byte[expected.Length];
        Assert.Equal(Base58Error.None, Base58.TryDecode(text, bytes, out int written));
        Assert.Equal(expected.Length, written);
        Assert.Equal(expected, bytes);
    }

    private static string Naive(byte[] bytes)
    {
        BigInteger number = new(bytes, isUnsigned: true, isBigEndian: true);
        string digits = "";
        for (; number > 0; number /= 58) digits = Alphabet[(int)(number % 58)] + digits;
        return new string('1', bytes.TakeWhile(value => value == 0).Count()) + digits;
    }
}
