using BenchmarkDotNet.Attributes;
using Phala.Trie;

namespace Phala.Benchmarks.Trie;

/// <summary>Row "trie root of 10k / 100k / 1M random keys": from unsorted entries, state version 1, one thread.</summary>
[MemoryDiagnoser]
public class TrieRootBenchmarks
{
    private TrieEntry[] _entries = [];

    [Params(10_000, 100_000, 1_000_000)]
    public int Count { get; set; }

    [GlobalSetup]
    public void Setup() => _entries = TrieData.Generate(Count);

    [Benchmark]
    public Hash256 Root() => TrieRoot.Compute(_entries, StateVersion.V1);
}
