using Phala.Codec;
using Phala.Codec.Codecs;
using Xunit;

namespace Phala.Tests.Codec;

/// <summary>Bits packed into bytes.</summary>
public sealed class BitSequenceTests
{
    [Fact]
    public void BitsArePackedFromTheLeastSignificantOne()
    {
        BitSequence bits = BitSequence.Create(true, false, false, false, false, false, false, false, false, true);
        Assert.Equal([0x01, 0x02], bits.AsBytes().ToArray());
        Assert.Equal("1000000001", bits.ToString());
        Assert.True(bits[0] && bits[9] && !bits[8]);
        Assert.Throws<ArgumentOutOfRangeException>(() => bits[10]);
        Assert.Throws<ArgumentOutOfRangeException>(() => bits[-1]);
    }

    [Theory]
    [InlineData(new byte[] { 0x04, 0x01 }, ScaleError.None, 0)]
    [InlineData(new byte[] { 0x04, 0x02 }, ScaleError.NonZeroPadding, 1)]
    [InlineData(new byte[] { 0x24, 0xFF, 0x80 }, ScaleError.NonZeroPadding, 2)]
    [InlineData(new byte[] { 0x20, 0xFF }, ScaleError.None, 0)]
    [InlineData(new byte[] { 0x20, 0xFF, 0x00 }, ScaleError.TrailingBytes, 2)]
    [InlineData(new byte[] { 0x00 }, ScaleError.None, 0)]
    public void BitsAfterTheLastOneMustBeZero(byte[] bytes, ScaleError error, int position)
    {
        DecodeResult<BitSequence> result = Scale.Decode<BitSequenceCodec, BitSequence>(bytes);
        Assert.Equal((error, position), (result.Error, result.Position));
    }

    [Fact]
    public void PackedBytesMustFitTheNumberOfBits()
    {
        Assert.True(BitSequence.TryFromBytes([0x7F], 7, out BitSequence seven));
        Assert.Equal(BitSequence.Create(true, true, true, true, true, true, true), seven);
        Assert.False(BitSequence.TryFromBytes([0xFF], 7, out _));
        Assert.False(BitSequence.TryFromBytes([0x7F, 0], 7, out _));
        Assert.False(BitSequence.TryFromBytes([], 1, out _));
        Assert.False(BitSequence.TryFromBytes([], -1, out _));
        Assert.NotEqual(BitSequence.Create(false), BitSequence.Create(false, false));
        Assert.Equal(default, BitSequence.Create());
    }
}
