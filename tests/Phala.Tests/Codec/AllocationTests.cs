using Phala.Chain;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Fuzz.Targets.Codec;
using Phala.Fuzz.Targets.Codec.Samples;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Codec;

/// <summary>Types without references are read and written without allocating anything.</summary>
public sealed class AllocationTests
{
    [Fact]
    public void RecordsOfFixedLengthAllocateNothing() => AssertNone<Integers, Integers>(new SampleValues(41).Integers());

    [Fact]
    public void CompactIntegersAllocateNothing() => AssertNone<Compacts, Compacts>(new SampleValues(42).Compacts());

    [Fact]
    public void HashesAndTuplesAllocateNothing() =>
        AssertNone<Tuple3Codec<Hash256, Hash256, NullableCodec<U128Codec, UInt128>, UInt128?, ResultCodec<U8Codec, byte, ModeCodec, Mode>, Result<byte, Mode>>,
            (Hash256, UInt128?, Result<byte, Mode>)>((new SampleValues(43).Hash(), 5, Result<byte, Mode>.Err(Mode.Slow)));

    [Fact]
    public void HeadersWithoutDigestAllocateNothing() => AssertNone<Header, Header>(new SampleValues(44).Header() with { Digest = default });

    [Fact]
    public void RefusedInputAllocatesNothing()
    {
        byte[] bytes = [.. NaiveScale.Compact(1_000_000), 1, 2, 3];
        AssertNone(() => Scale.Decode<VecCodec<U8Codec, byte>, Vec<byte>>(bytes).IsOk ? 1 : 0);
    }

    private static void AssertNone<TCodec, T>(T value)
        where TCodec : IScaleCodec<T>
    {
        byte[] bytes = Scale.Encode<TCodec, T>(value);
        byte[] destination = new byte[bytes.Length];
        AssertNone(() =>
        {
            bool isWritten = Scale.TryEncode<TCodec, T>(Scale.Decode<TCodec, T>(bytes).Value!, destination, out int written);
            return isWritten ? written : 0;
        });
        Assert.Equal(bytes, destination);
    }

    private static void AssertNone(Func<int> run)
    {
        for (int warm = 0; warm < 200; warm++) run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 100; round++) run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
