using BenchmarkDotNet.Attributes;
using Phala.Benchmarks.Codec.Samples;
using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Trie;

namespace Phala.Benchmarks.Codec;

/// <summary>Decode and encode together: a signed transfer, and a header with a pre-runtime item and a seal.</summary>
[MemoryDiagnoser]
public class ScaleBenchmarks
{
    private readonly byte[] _transfer = Scale.Encode(Transfer());
    private readonly byte[] _header = Scale.Encode(Header());
    private readonly byte[] _output = new byte[512];

    [Benchmark]
    public int SignedTransfer() => RoundTrip<SignedTransfer>(_transfer);

    [Benchmark]
    public int BlockHeader() => RoundTrip<Header>(_header);

    private static SignedTransfer Transfer() => new(
        0x84,
        MultiAddress.Id(new AccountId(Filled(32))),
        new MultiSignature(SignatureScheme.Sr25519, Filled(64)),
        Era.Mortal(64, 25),
        Nonce: 1234,
        Tip: 1_000_000,
        Mode: 0,
        new TransferKeepAlive(5, 3, MultiAddress.Id(new AccountId(Filled(32))), 12_345_678_901_234));

    private static Header Header() => new(
        new Hash256(Filled(32)), 12_345_678, new Hash256(Filled(32)), new Hash256(Filled(32)),
        new Digest([new DigestItem.PreRuntime(EngineId.Aura, [.. Filled(8)]), new DigestItem.Seal(EngineId.Aura, [.. Filled(64)])]));

    private static byte[] Filled(int length) => [.. Enumerable.Range(1, length).Select(value => (byte)value)];

    private int RoundTrip<T>(byte[] input)
        where T : IScale<T>
    {
        ScaleReader reader = new(input);
        if (!T.TryDecode(ref reader, out T? value) || !reader.TryFinish()) throw new InvalidOperationException(reader.Error.ToString());
        ScaleWriter writer = new(_output.AsSpan());
        T.Encode(ref writer, value);
        return writer.Length;
    }
}
