using BenchmarkDotNet.Attributes;
using Phala.Trie;

namespace Phala.Benchmarks.Trie;

/// <summary>Reads of a trie in memory: one value, and a walk over all of them. Reads allocate nothing.</summary>
[MemoryDiagnoser]
public class TrieReadBenchmarks
{
    private TrieEntry[] _entries = [];
    private MerkleTrie _trie = MerkleTrie.Empty(StateVersion.V1);
    private TrieCursor _cursor = new(MerkleTrie.Empty(StateVersion.V1));
    private uint _next;

    [Params(1_000, 1_000_000)]
    public int Count { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _entries = TrieData.Generate(Count);
        _trie = MerkleTrie.Create(_entries, StateVersion.V1);
        _cursor = new TrieCursor(_trie);
    }

    [Benchmark]
    public bool Get()
    {
        _next += 2654435761;
        return _trie.TryGet(_entries[_next % (uint)Count].Key.Span, out _);
    }

    [Benchmark]
    public bool NextEntry()
    {
        if (_cursor.MoveNext()) return true;
        _cursor.Seek([]);
        return false;
    }
}
