using Phala.Chain;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Fuzz.Targets.Codec.Samples;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Codec;

/// <summary>Errors, their positions, and the bounds on memory and depth.</summary>
public sealed class ScaleReaderTests
{
    [Fact]
    public void TheFirstErrorSticksAndTakesTheRestAway()
    {
        ScaleReader reader = new([7, 2, 1, 1, 1, 1]);
        Assert.True(reader.TryReadByte(out byte first));
        Assert.Equal(7, first);
        Assert.Equal(1, reader.Position);
        Assert.False(reader.TryReadBool(out _));
        Assert.Equal((ScaleError.InvalidBool, 1, 1), (reader.Error, reader.ErrorPosition, reader.Position));

        Assert.False(reader.TryReadByte(out _));
        Assert.False(reader.TryReadUInt32(out uint number));
        Assert.Equal(0u, number);
        Assert.False(reader.TryReadCompactUInt128(out _));
        Assert.False(reader.TryReadString(out _));
        Assert.False(reader.TryFinish());
        Assert.True(reader.Rest.IsEmpty);
        Assert.Equal((ScaleError.InvalidBool, 1), (reader.Error, reader.ErrorPosition));
    }

    [Fact]
    public void LeftoverBytesAreAnErrorAtTheirFirst()
    {
        Assert.Equal((ScaleError.TrailingBytes, 4), ErrorOf<U32Codec, uint>([1, 2, 3, 4, 5]));
        Assert.Equal((ScaleError.UnexpectedEnd, 0), ErrorOf<U32Codec, uint>([1, 2, 3]));
        Assert.Equal((ScaleError.None, 0), ErrorOf<U32Codec, uint>([1, 2, 3, 4]));
    }

    [Theory]
    [InlineData(0x02, ScaleError.InvalidBool)]
    [InlineData(0xFF, ScaleError.InvalidBool)]
    [InlineData(0x00, ScaleError.None)]
    [InlineData(0x01, ScaleError.None)]
    public void OnlyZeroAndOneAreBooleans(byte value, ScaleError expected) => Assert.Equal((expected, 0), ErrorOf<BoolCodec, bool>([value]));

    [Fact]
    public void OptionsAndResultsHaveTheirOwnErrors()
    {
        Assert.Equal((ScaleError.InvalidOption, 0), ErrorOf<NullableCodec<U8Codec, byte>, byte?>([2, 0]));
        Assert.Equal((ScaleError.InvalidOption, 0), ErrorOf<NullableReferenceCodec<StringCodec, string>, string?>([2, 0]));
        Assert.Equal((ScaleError.InvalidOption, 1), ErrorOf<OptionCodec<OptionCodec<U8Codec, byte>, Option<byte>>, Option<Option<byte>>>([1, 2, 0]));
        Assert.Equal((ScaleError.InvalidResult, 0), ErrorOf<ResultCodec<U8Codec, byte, UnitCodec, Unit>, Result<byte, Unit>>([2, 0]));
        Assert.Equal((ScaleError.UnexpectedEnd, 1), ErrorOf<ResultCodec<U8Codec, byte, U16Codec, ushort>, Result<byte, ushort>>([1, 0]));
    }

    [Fact]
    public void UnknownVariantsAreNamedWhereTheirIndexStands()
    {
        Assert.Equal((ScaleError.UnknownVariant, 0), ErrorOf<ModeCodec, Mode>([1]));
        Assert.Equal((ScaleError.UnexpectedEnd, 0), ErrorOf<ModeCodec, Mode>([]));
        Assert.Equal((ScaleError.UnknownVariant, 2), ErrorOf<VecCodec<DigestItem, DigestItem>, Vec<DigestItem>>([8, 8, 7]));
        Assert.Equal((ScaleError.UnexpectedEnd, 0), ErrorOf<DigestItem, DigestItem>([]));
    }

    [Theory]
    [InlineData("0480")] // a continuation byte alone
    [InlineData("08c080")] // zero in two bytes
    [InlineData("0ceda080")] // a surrogate
    [InlineData("10f4908080")] // above U+10FFFF
    [InlineData("08e282")] // the beginning of three bytes
    public void OnlyWellFormedUtf8IsAString(string hex) =>
        Assert.Equal((ScaleError.InvalidUtf8, 0), ErrorOf<StringCodec, string>(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("00d80000")] // the first surrogate
    [InlineData("ffdf0000")] // the last
    [InlineData("00001100")] // above U+10FFFF
    public void OnlyScalarValuesAreCharacters(string hex) =>
        Assert.Equal((ScaleError.InvalidChar, 0), ErrorOf<RuneCodec, System.Text.Rune>(Convert.FromHexString(hex)));

    [Fact]
    public void ALengthIsBelievedOnlyAsFarAsTheInputReaches()
    {
        Assert.Equal((ScaleError.LengthExceedsInput, 0), ErrorOf<VecCodec<U8Codec, byte>, Vec<byte>>([16, 1, 2, 3]));
        Assert.Equal((ScaleError.LengthExceedsInput, 0), ErrorOf<VecCodec<U32Codec, uint>, Vec<uint>>([8, 1, 2, 3, 4, 5, 6, 7]));
        Assert.Equal((ScaleError.LengthExceedsInput, 0), ErrorOf<StringCodec, string>([0xFE, 0xFF, 0xFF, 0xFF]));
        Assert.Equal((ScaleError.LengthExceedsInput, 0), ErrorOf<VecCodec<Hash256, Hash256>, Vec<Hash256>>([0x03, 0xFF, 0xFF, 0xFF, 0xFF]));
        Assert.Equal((ScaleError.LengthExceedsInput, 0), ErrorOf<BitSequenceCodec, BitSequence>([36, 0xFF]));
        Assert.Equal((ScaleError.LengthExceedsInput, 0), ErrorOf<BitSequenceCodec, BitSequence>([0x03, 0xFF, 0xFF, 0xFF, 0xFF]));
        Assert.Equal((ScaleError.None, 0), ErrorOf<VecCodec<U32Codec, uint>, Vec<uint>>([8, 1, 2, 3, 4, 5, 6, 7, 8]));
    }

    [Fact]
    public void WhatLaterElementsNeedCannotBePromisedAgainInside()
    {
        // Two sequences; the first says that it holds three bytes, of which the last must be the second sequence.
        byte[] bytes = [8, 12, 1, 2, 0];
        Assert.Equal((ScaleError.LengthExceedsInput, 1), ErrorOf<VecCodec<VecCodec<U8Codec, byte>, Vec<byte>>, Vec<Vec<byte>>>(bytes));
        bytes = [8, 8, 1, 2, 0];
        Assert.Equal((ScaleError.None, 0), ErrorOf<VecCodec<VecCodec<U8Codec, byte>, Vec<byte>>, Vec<Vec<byte>>>(bytes));
    }

    [Fact]
    public void NestedPromisesTakeMemoryInProportionToTheInput()
    {
        // Each level promises as many children as there are bytes left; only one promise can be true.
        byte[] bytes = new byte[4 * 200];
        for (int at = 0; at < 200; at++) Scale.Encode<Tuple2Codec<U8Codec, byte, CompactU32Codec, uint>, (byte, uint)>((1, 64 * 3)).CopyTo(bytes, at * 3);
        Scale.Decode<Tree>(bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        DecodeResult<Tree> result = Scale.Decode<Tree>(bytes);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.False(result.IsOk);
        Assert.InRange(allocated, 1, 64 * bytes.Length);
    }

    [Fact]
    public void AnElementThatEatsWhatIsSetAsideLeavesNoRoomForPromises()
    {
        // The first of two trees is a fork whose leaf swallows the second one's byte; then a huge promise follows.
        byte[] bytes = [1, 8, 2, 0, 9, 9, 9, 9, 1, 1, .. NaiveScale.Compact(1 << 20)];
        Assert.Equal(ScaleError.LengthExceedsInput, ErrorOf<Tree, Tree>(bytes).Error);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int length = 0; length <= bytes.Length; length++) Scale.Decode<Tree>(bytes.AsSpan(0, length));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * bytes.Length * bytes.Length);
    }

    [Fact]
    public void FixedArraysTakeMemoryInProportionToTheInput()
    {
        // Each level is a cell of 64 parts, whose first part is a cell again.
        byte[] bytes = [.. Enumerable.Repeat((byte)1, 320)];
        Assert.Equal(ScaleError.UnexpectedEnd, ErrorOf<Lattice, Lattice>(bytes).Error);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Scale.Decode<Lattice>(bytes);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 64 * bytes.Length);
    }

    [Fact]
    public void ElementsWithoutBytesAreCountedOverTheWholeInput()
    {
        int most = ScaleReader.MaxZeroLengthElements;
        Assert.Equal((ScaleError.None, 0), ErrorOf<VecCodec<UnitCodec, Unit>, Vec<Unit>>(NaiveScale.Compact(most)));
        Assert.Equal((ScaleError.TooManyElements, 0), ErrorOf<VecCodec<UnitCodec, Unit>, Vec<Unit>>(NaiveScale.Compact(most + 1)));
        byte[] two = NaiveScale.Vec(NaiveScale.Compact(most / 2), NaiveScale.Compact(most / 2));
        Assert.Equal((ScaleError.None, 0), ErrorOf<VecCodec<VecCodec<UnitCodec, Unit>, Vec<Unit>>, Vec<Vec<Unit>>>(two));
        two = NaiveScale.Vec(NaiveScale.Compact(most / 2), NaiveScale.Compact((most / 2) + 1));
        Assert.Equal((ScaleError.TooManyElements, 3), ErrorOf<VecCodec<VecCodec<UnitCodec, Unit>, Vec<Unit>>, Vec<Vec<Unit>>>(two));
    }

    [Fact]
    public void RecursiveTypesMayBeNestedAsDeepAsAllowedAndNoDeeper()
    {
        Assert.Equal(ScaleError.None, Scale.Decode<Tree>(Chain(ScaleReader.DefaultMaxDepth)).Error);
        DecodeResult<Tree> tooDeep = Scale.Decode<Tree>(Chain(ScaleReader.DefaultMaxDepth + 1));
        Assert.Equal((ScaleError.NestingTooDeep, 2 * ScaleReader.DefaultMaxDepth), (tooDeep.Error, tooDeep.Position));
        Assert.Equal(ScaleError.None, Scale.Decode<Tree>(Chain(3), maxDepth: 3).Error);
        Assert.Equal(ScaleError.NestingTooDeep, Scale.Decode<Tree>(Chain(3), maxDepth: 2).Error);
    }

    [Fact]
    public void SiblingsDoNotCountAsDepth()
    {
        byte[] bytes = [1, .. NaiveScale.Compact(1000), .. Enumerable.Repeat((byte)3, 1000)];
        Assert.Equal(ScaleError.None, Scale.Decode<Tree>(bytes, maxDepth: 2).Error);
        byte[] leaves = [1, .. NaiveScale.Compact(1000), .. Enumerable.Repeat(new byte[] { 0, 1, 2, 3, 4 }, 1000).SelectMany(leaf => leaf)];
        Assert.Equal(ScaleError.None, Scale.Decode<Tree>(leaves, maxDepth: 2).Error);
    }

    [Fact]
    public void EveryPrefixOfAnEncodingIsTooShort()
    {
        byte[] bytes = Scale.Encode(new Phala.Fuzz.Targets.Codec.SampleValues(1).Everything());
        Assert.True(Scale.Decode<Everything>(bytes).IsOk);
        for (int length = 0; length < bytes.Length; length++)
        {
            DecodeResult<Everything> result = Scale.Decode<Everything>(bytes.AsSpan(0, length));
            Assert.True(result.Error is ScaleError.UnexpectedEnd or ScaleError.LengthExceedsInput, $"{result} for {length} bytes");
            Assert.InRange(result.Position, 0, length);
            Assert.Null(result.Value);
        }
    }

    [Fact]
    public void SpansAreTakenWithoutCopying()
    {
        byte[] bytes = [12, 1, 2, 3, 9];
        ScaleReader reader = new(bytes);
        Assert.True(reader.TryReadByteSequence(out ReadOnlySpan<byte> sequence));
        Assert.True(sequence.Overlaps(bytes, out int offset));
        Assert.Equal((1, 3), (-offset, sequence.Length));
        Assert.False(reader.TryReadSpan(2, out _));
        Assert.Equal((ScaleError.UnexpectedEnd, 4), (reader.Error, reader.ErrorPosition));
        reader = new(bytes);
        Assert.False(reader.TryReadSpan(-1, out _));
    }

    private static byte[] Chain(int depth) => [.. Enumerable.Repeat(new byte[] { 1, 4 }, depth - 1).SelectMany(level => level), 3];

    private static (ScaleError Error, int Position) ErrorOf<TCodec, T>(ReadOnlySpan<byte> bytes)
        where TCodec : IScaleCodec<T>
    {
        DecodeResult<T> result = Scale.Decode<TCodec, T>(bytes);
        return (result.Error, result.Position);
    }

    [Fact]
    public void LargeElementsTakeMemoryAsTheyTurnOutToBeThere()
    {
        byte[] input = new byte[1 << 20];
        ScaleWriter writer = new(input);
        writer.WriteCompact((uint)(input.Length - 4));
        input[4] = 7;
        Assert.Equal((ScaleError.InvalidOption, 4), ErrorOf<VecCodec<NullableCodec<U256Codec, UInt256>, UInt256?>, Vec<UInt256?>>(input));

        long before = GC.GetAllocatedBytesForCurrentThread();
        ErrorOf<VecCodec<NullableCodec<U256Codec, UInt256>, UInt256?>, Vec<UInt256?>>(input);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10 * input.Length);
    }

    [Fact]
    public void SequencesThatGrowWhileTheyAreReadKeepAllElements()
    {
        Vec<UInt256?> values = [.. Enumerable.Range(0, 20_000).Select(number => number % 100 == 0 ? (UInt256?)(uint)number : null)];
        byte[] encoded = Scale.Encode<VecCodec<NullableCodec<U256Codec, UInt256>, UInt256?>, Vec<UInt256?>>(values);
        DecodeResult<Vec<UInt256?>> decoded = Scale.Decode<VecCodec<NullableCodec<U256Codec, UInt256>, UInt256?>, Vec<UInt256?>>(encoded);
        Assert.Equal(values, decoded.Value);
        Assert.True(encoded.Length * 8 / 40 < 20_000 - 16, "the room for the elements did not have to grow");
    }
}
