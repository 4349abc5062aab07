using BenchmarkDotNet.Attributes;
using Phala.Crypto.Hashing;

namespace Phala.Benchmarks.Crypto;

/// <summary>BLAKE2b-256 of one message and of many.</summary>
[MemoryDiagnoser]
public class Blake2bBenchmarks
{
    private const int BatchSize = 1024;

    private readonly byte[] _message = new byte[1 << 20];
    private readonly byte[] _digest = new byte[32];
    private readonly byte[] _digests = new byte[32 * BatchSize];
    private readonly BatchMessage[] _batch = [.. Enumerable.Range(0, BatchSize).Select(index => new BatchMessage(128 * index, 128))];
    private readonly BatchMessage[] _mixed = [.. Enumerable.Range(0, BatchSize).Select(index => new BatchMessage(400 * index, 33 + (index * 7919 % 351)))];

    [GlobalSetup]
    public void Setup() => new Random(1).NextBytes(_message);

    [Benchmark]
    public void OneStream128Bytes() => Blake2b.Hash256(_message.AsSpan(0, 128), _digest);

    [Benchmark]
    public void OneStream1Megabyte() => Blake2b.Hash256(_message, _digest);

    [Benchmark(OperationsPerInvoke = BatchSize)]
    public void BatchPerBlock() => Blake2bBatch.Hash256(_message, _batch, _digests);

    [Benchmark(OperationsPerInvoke = BatchSize)]
    public void BatchOfMixedLengthsPerMessage() => Blake2bBatch.Hash256(_message, _mixed, _digests);
}
