using FsCheck;
using FsCheck.Fluent;
using Phala.Chain;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Fuzz.Targets.Codec;
using Phala.Fuzz.Targets.Codec.Samples;
using Xunit;

namespace Phala.Tests.Codec;

/// <summary>What holds for every value: it reads back, in the announced length, in the bytes of the naive implementation.</summary>
public sealed class ScaleLawTests
{
    private const int Cases = 500;

    [Fact]
    public void IntegersReadBack() => Holds<Integers>(values => values.Integers(), NaiveSamples.Of);

    [Fact]
    public void CompactsReadBack() => Holds<Compacts>(values => values.Compacts(), NaiveSamples.Of);

    [Fact]
    public void HeadersReadBack() => Holds<Header>(values => values.Header(), NaiveSamples.Of);

    [Fact]
    public void UnionsReadBack() => Holds<DigestItem>(values => values.DigestItem(), NaiveSamples.Of);

    [Fact]
    public void RecursiveUnionsReadBack() => Holds<Tree>(values => values.Tree(6), NaiveSamples.Of);

    [Fact]
    public void TypesThatContainThemselvesInArraysAndResultsReadBack() => Holds<Lattice>(values => values.Lattice(4), NaiveSamples.Of);

    [Fact]
    public void RecordsThatContainThemselvesInResultsReadBack() => Holds<Link>(values => values.Link(6), NaiveSamples.Of);

    [Fact]
    public void TextsReadBack() => Holds<Texts>(values => values.Texts(), NaiveSamples.Of);

    [Fact]
    public void BitsReadBack() => Holds<Bits>(values => values.Bits(), NaiveSamples.Of);

    [Fact]
    public void CollectionsReadBackSorted() => Holds<Collections>(values => values.Collections(), NaiveSamples.Of);

    [Fact]
    public void NestedRecordsReadBack() => Holds<Everything>(values => values.Everything(), NaiveSamples.Of);

    [Fact]
    public void WhateverIsAcceptedEncodesToTheSameBytes()
    {
        int accepted = 0;
        // Few and small bytes, so that lengths and indices often fit.
        Gen<byte[]> inputs = Gen.Sized(size => Gen.ArrayOf(Gen.Elements<byte>(0, 1, 2, 3, 4, 5, 8, 12, 0x41, 0x80, 0xFF), 1 + (size % 5)));
        Prop.ForAll(inputs.ToArbitrary(), input =>
        {
            accepted += IsIdentity<VecCodec<CompactU32Codec, uint>, Vec<uint>>(input);
            accepted += IsIdentity<MapCodec<U8Codec, byte, NullableCodec<BoolCodec, bool>, bool?>, SortedDictionary<byte, bool?>>(input);
            accepted += IsIdentity<SetCodec<StringCodec, string>, SortedSet<string>>(input);
            accepted += IsIdentity<BitSequenceCodec, BitSequence>(input);
            accepted += IsIdentity<Tree, Tree>(input);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
        Assert.True(accepted > 500, $"only {accepted} inputs were accepted");
    }

    [Fact]
    public void TuplesOfEveryLengthReadBack()
    {
        Prop.ForAll<ushort, bool, string>((number, flag, text) =>
        {
            string word = text ?? "";
            Assert.True(ReadsBack<Tuple2Codec<U16Codec, ushort, BoolCodec, bool>, (ushort, bool)>((number, flag)));
            Assert.True(ReadsBack<Tuple3Codec<U16Codec, ushort, BoolCodec, bool, StringCodec, string>, (ushort, bool, string)>((number, flag, word)));
            Assert.True(ReadsBack<Tuple4Codec<U16Codec, ushort, BoolCodec, bool, StringCodec, string, CompactU16Codec, ushort>, (ushort, bool, string, ushort)>(
                (number, flag, word, number)));
            Assert.True(ReadsBack<Tuple5Codec<U16Codec, ushort, BoolCodec, bool, StringCodec, string, CompactU16Codec, ushort, BoolCodec, bool>,
                (ushort, bool, string, ushort, bool)>((number, flag, word, number, !flag)));
            Assert.True(ReadsBack<Tuple6Codec<U16Codec, ushort, BoolCodec, bool, StringCodec, string, CompactU16Codec, ushort, BoolCodec, bool, StringCodec, string>,
                (ushort, bool, string, ushort, bool, string)>((number, flag, word, number, !flag, word + "2")));
            Assert.True(ReadsBack<Tuple7Codec<U16Codec, ushort, BoolCodec, bool, StringCodec, string, CompactU16Codec, ushort, BoolCodec, bool, StringCodec, string, U8Codec, byte>,
                (ushort, bool, string, ushort, bool, string, byte)>((number, flag, word, number, !flag, word + "2", (byte)number)));
        }).QuickCheckThrowOnFailure();
    }

    private static void Holds<T>(Func<SampleValues, T> next, Func<T, byte[]> naive)
        where T : IScale<T>
    {
        HashSet<string> seen = [];
        Prop.ForAll<int>(seed =>
        {
            T value = next(new SampleValues(seed));
            byte[] bytes = Scale.Encode(value);
            Assert.Equal(naive(value), bytes);
            Assert.Equal(bytes.Length, T.EncodedLength(value));
            Assert.True(bytes.Length >= T.MinimumLength);
            if (T.IsFixedLength) Assert.Equal(T.MinimumLength, bytes.Length);
            DecodeResult<T> read = Scale.Decode<T>(bytes);
            Assert.Equal((ScaleError.None, 0), (read.Error, read.Position));
            Assert.Equal(bytes, Scale.Encode(read.Value!));
            Assert.Equal(0, T.Compare(value, read.Value!));
            seen.Add(Convert.ToHexString(bytes));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));
        Assert.True(seen.Count > 10, $"only {seen.Count} values differ");
    }

    private static int IsIdentity<TCodec, T>(byte[] bytes)
        where TCodec : IScaleCodec<T>
    {
        DecodeResult<T> read = Scale.Decode<TCodec, T>(bytes);
        if (!read.IsOk) return 0;
        Assert.Equal(bytes, Scale.Encode<TCodec, T>(read.Value));
        return 1;
    }

    private static bool ReadsBack<TCodec, T>(T value)
        where TCodec : IScaleCodec<T>
    {
        byte[] bytes = Scale.Encode<TCodec, T>(value);
        DecodeResult<T> read = Scale.Decode<TCodec, T>(bytes);
        return read.IsOk && read.Value.Equals(value) && TCodec.EncodedLength(value) == bytes.Length && bytes.Length >= TCodec.MinimumLength
            && TCodec.Compare(value, read.Value) == 0;
    }
}
