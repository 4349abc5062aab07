using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Fuzz.Targets.Codec;
using Phala.Fuzz.Targets.Codec.Samples;
using Xunit;

namespace Phala.Tests.Codec;

/// <summary>The order of keys, and that maps and sets are read in no other.</summary>
public sealed class KeyOrderTests
{
    [Fact]
    public void IntegersAreOrderedByValueNotByBytes()
    {
        Assert.True(U32Codec.Compare(1, 256) < 0);
        Assert.Equal((ScaleError.None, 0), ErrorOfSet<U16Codec, ushort>([8, 1, 0, 0, 1]));
        Assert.Equal((ScaleError.NotSorted, 3), ErrorOfSet<U16Codec, ushort>([8, 0, 1, 1, 0]));
        Assert.Equal((ScaleError.None, 0), ErrorOfSet<I8Codec, sbyte>([8, 0xFF, 0]));
    }

    [Fact]
    public void EqualKeysAreRefusedWhereTheSecondStands()
    {
        Assert.Equal((ScaleError.DuplicateKey, 2), ErrorOfSet<U8Codec, byte>([8, 7, 7]));
        Assert.Equal((ScaleError.DuplicateKey, 3), ErrorOfMap([8, 7, 0, 7, 1]));
        Assert.Equal((ScaleError.NotSorted, 3), ErrorOfMap([8, 7, 0, 6, 1]));
        Assert.Equal((ScaleError.None, 0), ErrorOfMap([8, 7, 0, 8, 1]));
        Assert.Equal((ScaleError.LengthExceedsInput, 0), ErrorOfMap([8, 7, 0, 8]));
        Assert.Equal((ScaleError.LengthExceedsInput, 0), ErrorOfMap<U16Codec, ushort>([4, 7]));
    }

    [Fact]
    public void StringsAreOrderedByTheirUtf8Bytes()
    {
        string[] ascending = ["", "a", "aa", "b", "ü", "\uE000", "\uFFFD", "🦀", "🦀a"];
        for (int left = 0; left < ascending.Length; left++)
        {
            for (int right = 0; right < ascending.Length; right++)
            {
                Assert.Equal(Math.Sign(left.CompareTo(right)), Math.Sign(StringCodec.Compare(ascending[left], ascending[right])));
            }
        }

        Assert.True(string.CompareOrdinal("\uE000", "🦀") > 0, "C#'s own order is another");
    }

    [Fact]
    public void ForeignComparersDoNotChangeTheEncoding()
    {
        SortedSet<string> backwards = new(["🦀", "\uE000", "b", "a"], Comparer<string>.Create(static (a, b) => string.CompareOrdinal(b, a)));
        byte[] expected = NaiveScale.Vec(NaiveScale.Text("a"), NaiveScale.Text("b"), NaiveScale.Text("\uE000"), NaiveScale.Text("🦀"));
        Assert.Equal(expected, Scale.Encode<SetCodec<StringCodec, string>, SortedSet<string>>(backwards));

        SortedDictionary<int, byte> numbers = new(Comparer<int>.Create(static (a, b) => b.CompareTo(a))) { [1] = 1, [-1] = 2 };
        byte[] encoded = Scale.Encode<MapCodec<I32Codec, int, U8Codec, byte>, SortedDictionary<int, byte>>(numbers);
        Assert.Equal([8, 0xFF, 0xFF, 0xFF, 0xFF, 2, 1, 0, 0, 0, 1], encoded);
    }

    [Fact]
    public void DecodedCollectionsAreOrderedByTheCodec()
    {
        byte[] bytes = NaiveScale.Vec(NaiveScale.Text("\uE000"), NaiveScale.Text("🦀"));
        SortedSet<string> set = Scale.Decode<SetCodec<StringCodec, string>, SortedSet<string>>(bytes).Value!;
        Assert.Equal(["\uE000", "🦀"], set);
    }

    [Fact]
    public void OrdersAreTotal()
    {
        AssertTotal<Everything, Everything>(SampleValues.Many(31, 40, values => values.Everything()));
        AssertTotal<Tree, Tree>(SampleValues.Many(32, 60, values => values.Tree(3)));
        AssertTotal<Collections, Collections>(SampleValues.Many(33, 60, values => values.Collections()));
        AssertTotal<Bits, Bits>(SampleValues.Many(34, 60, values => values.Bits()));
        AssertTotal<Texts, Texts>(SampleValues.Many(35, 60, values => values.Texts()));
        AssertTotal<Compacts, Compacts>(SampleValues.Many(36, 40, values => values.Compacts()));
    }

    [Fact]
    public void OptionsResultsAndVariantsAreOrderedByTheirFirstByte()
    {
        Assert.True(NullableCodec<U8Codec, byte>.Compare(null, 0) < 0);
        Assert.True(NullableReferenceCodec<StringCodec, string>.Compare("", null) > 0);
        Assert.True(OptionCodec<U8Codec, byte>.Compare(new Option<byte>(1), new Option<byte>(2)) < 0);
        Assert.True(ResultCodec<U8Codec, byte, U8Codec, byte>.Compare(Result<byte, byte>.Ok(9), Result<byte, byte>.Err(0)) < 0);
        Assert.True(ResultCodec<U8Codec, byte, U8Codec, byte>.Compare(Result<byte, byte>.Err(9), Result<byte, byte>.Err(0)) > 0);
        Assert.True(Tree.Compare(new Tree.Leaf(uint.MaxValue), new Tree.Empty()) < 0);
        Assert.True(Tree.Compare(new Tree.Fork(new Tree.Empty(), null), new Tree.Fork(new Tree.Empty(), new Tree.Leaf(0))) < 0);
        Assert.True(ModeCodec.Compare(Mode.Fast, Mode.Slow) > 0);
    }

    private static void AssertTotal<TCodec, T>(IReadOnlyList<T> values)
        where TCodec : IScaleCodec<T>
    {
        int smaller = 0;
        T[] sorted = [.. values];
        Array.Sort(sorted, KeyOrder<TCodec, T>.Instance);
        for (int left = 0; left < sorted.Length; left++)
        {
            Assert.Equal(0, TCodec.Compare(sorted[left], sorted[left]));
            for (int right = left + 1; right < sorted.Length; right++)
            {
                int order = TCodec.Compare(sorted[left], sorted[right]);
                Assert.True(order <= 0);
                Assert.Equal(-Math.Sign(order), Math.Sign(TCodec.Compare(sorted[right], sorted[left])));
                bool isEqual = Scale.Encode<TCodec, T>(sorted[left]).AsSpan().SequenceEqual(Scale.Encode<TCodec, T>(sorted[right]));
                Assert.Equal(isEqual, order == 0);
                if (order < 0) smaller++;
            }
        }

        Assert.True(smaller > sorted.Length);
    }

    private static (ScaleError Error, int Position) ErrorOfSet<TCodec, T>(byte[] bytes)
        where TCodec : IScaleCodec<T>
    {
        DecodeResult<SortedSet<T>> result = Scale.Decode<SetCodec<TCodec, T>, SortedSet<T>>(bytes);
        return (result.Error, result.Position);
    }

    private static (ScaleError Error, int Position) ErrorOfMap(byte[] bytes)
    {
        DecodeResult<SortedDictionary<byte, bool>> result = Scale.Decode<MapCodec<U8Codec, byte, BoolCodec, bool>, SortedDictionary<byte, bool>>(bytes);
        return (result.Error, result.Position);
    }

    private static (ScaleError Error, int Position) ErrorOfMap<TCodec, T>(byte[] bytes)
        where TCodec : IScaleCodec<T>
        where T : notnull
    {
        DecodeResult<SortedDictionary<T, Unit>> result = Scale.Decode<MapCodec<TCodec, T, UnitCodec, Unit>, SortedDictionary<T, Unit>>(bytes);
        return (result.Error, result.Position);
    }
}
