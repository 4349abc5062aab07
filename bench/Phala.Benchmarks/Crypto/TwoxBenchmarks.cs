using BenchmarkDotNet.Attributes;
using Phala.Crypto.Hashing;

namespace Phala.Benchmarks.Crypto;

/// <summary>Twox of a short name.</summary>
[MemoryDiagnoser]
public class TwoxBenchmarks
{
    private readonly byte[] _data = [.. Enumerable.Range(0, 64).Select(value => (byte)value)];
    private readonly byte[] _digest = new byte[16];

    [Benchmark]
    public void Twox128Of64Bytes() => Twox.Hash128(_data, _digest);
}
