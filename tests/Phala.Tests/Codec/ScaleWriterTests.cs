using System.Buffers;
using Phala.Codec;
using Phala.Fuzz.Targets.Codec;
using Phala.Fuzz.Targets.Codec.Samples;
using Xunit;

namespace Phala.Tests.Codec;

/// <summary>The three places that a writer writes to.</summary>
public sealed class ScaleWriterTests
{
    [Fact]
    public void EveryKindOfWriterWritesTheSameBytes()
    {
        int grown = 0;
        foreach (Everything value in SampleValues.Many(21, 50, values => values.Everything()))
        {
            byte[] expected = Scale.Encode(value);

            ScaleWriter pooled = ScaleWriter.Pooled(1);
            Everything.Encode(ref pooled, value);
            Assert.Equal(expected.Length, pooled.Length);
            Assert.Equal(expected, pooled.Written);
            pooled.Dispose();

            ArrayBufferWriter<byte> output = new(16);
            ScaleWriter streamed = new(output);
            Everything.Encode(ref streamed, value);
            Assert.Equal(expected.Length, streamed.Length);
            if (streamed.Written.Length < streamed.Length) grown++;
            streamed.Dispose();
            Assert.Equal(expected, output.WrittenSpan);

            byte[] longer = new byte[expected.Length + 1];
            Assert.True(Scale.TryEncode(value, longer, out int written));
            Assert.Equal(expected, longer[..written]);
            Assert.Equal(expected.Length, Scale.EncodedLength(value));
            Assert.False(Scale.TryEncode(value, longer.AsSpan(0, expected.Length - 1), out written));
            Assert.Equal(0, written);
        }

        Assert.True(grown > 25, $"only {grown} outputs were handed over in parts");
    }

    [Fact]
    public void ASpanThatIsTooShortIsABugOfTheCaller() => Assert.Throws<InvalidOperationException>(() =>
    {
        ScaleWriter writer = new(new byte[3].AsSpan());
        writer.WriteUInt32(1);
    });

    [Fact]
    public void PooledBuffersGrowPastOneLargeValue()
    {
        byte[] large = new byte[100_000];
        new Random(1).NextBytes(large);
        ScaleWriter writer = ScaleWriter.Pooled();
        writer.WriteByte(1);
        writer.WriteByteSequence(large);
        byte[] expected = [1, .. NaiveScale.Bytes(large)];
        Assert.Equal(expected, writer.Written);
        writer.Dispose();
        Assert.True(writer.Written.IsEmpty);
    }

    [Fact]
    public void StringsAreWrittenInUtf8AndLoneSurrogatesAsTheReplacementCharacter()
    {
        ScaleWriter writer = ScaleWriter.Pooled();
        writer.WriteString("ü🦀\uD800");
        Assert.Equal(NaiveScale.Text("ü🦀\uFFFD"), writer.Written);
        writer.Dispose();
    }
}
