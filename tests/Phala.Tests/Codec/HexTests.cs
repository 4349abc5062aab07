using Phala.Codec;
using Xunit;

namespace Phala.Tests.Codec;

/// <summary>Hexadecimal text.</summary>
public sealed class HexTests
{
    [Fact]
    public void EveryByteReadsBackInEitherCase()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        string text = Hex.Format(all);
        Assert.Equal("0x000102", text[..8]);
        Assert.Equal("fdfeff", text[^6..]);
        Assert.True(Hex.TryParse(text, out byte[] lower));
        Assert.Equal(all, lower);
        Assert.True(Hex.TryParse("0x" + text[2..].ToUpperInvariant(), out byte[] upper));
        Assert.Equal(all, upper);
        byte[] exact = new byte[256];
        Assert.Equal(HexError.None, Hex.Parse(text, exact.AsSpan()));
        Assert.Equal(all, exact);
    }

    [Theory]
    [InlineData("", HexError.MissingPrefix)]
    [InlineData("0", HexError.MissingPrefix)]
    [InlineData("00", HexError.MissingPrefix)]
    [InlineData("0X00", HexError.MissingPrefix)]
    [InlineData("0x0", HexError.OddLength)]
    [InlineData("0x0g", HexError.InvalidDigit)]
    [InlineData("0x 0", HexError.InvalidDigit)]
    [InlineData("0x0x", HexError.InvalidDigit)]
    [InlineData("0x٠٠", HexError.InvalidDigit)] // digits, but not ASCII ones
    [InlineData("0x", HexError.None)]
    public void OtherTextIsRefused(string text, HexError expected)
    {
        Assert.Equal(expected, Hex.Parse(text, out byte[] bytes));
        Assert.Empty(bytes);
    }

    [Fact]
    public void ADestinationMustHaveTheExactLength()
    {
        Assert.Equal(HexError.WrongLength, Hex.Parse("0x0102", new byte[1].AsSpan()));
        Assert.Equal(HexError.WrongLength, Hex.Parse("0x0102", new byte[3].AsSpan()));
    }

    [Fact]
    public void FormattingNeedsRoomForPrefixAndDigits()
    {
        Span<char> text = stackalloc char[6];
        Assert.True(Hex.TryFormat([0xAB, 0x01], text, out int written));
        Assert.Equal("0xab01", text[..written]);
        Assert.False(Hex.TryFormat([0xAB, 0x01], text[..5], out written));
        Assert.Equal(0, written);
    }
}
