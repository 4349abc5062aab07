using BenchmarkDotNet.Attributes;
using Phala.Trie;

namespace Phala.Benchmarks.Trie;

/// <summary>Row "update 1000 (100) keys of a 1M-key trie in memory": from unsorted changes to the new root. Reports the memory per entry when it starts.</summary>
[MemoryDiagnoser]
public class TrieUpdateBenchmarks
{
    private readonly Random _random = new(1);
    private TrieEntry[] _entries = [];
    private TrieChange[] _changes = [];
    private MerkleTrie _trie = MerkleTrie.Empty(StateVersion.V1);

    [Params(1, 10, 100, 1000)]
    public int Changes { get; set; }

    /// <summary>Whether every other change inserts a new key or deletes one, so that nodes are split and merged.</summary>
    [Params(false, true)]
    public bool Restructure { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _entries = TrieData.Generate(1_000_000);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        _trie = MerkleTrie.Create(_entries, StateVersion.V1);
        long after = GC.GetTotalMemory(forceFullCollection: true);
        Console.WriteLine($"// memory per entry: {(after - before) / (double)_trie.Count:F0} B");
    }

    [IterationSetup]
    public void Draw()
    {
        _changes = new TrieChange[Changes];
        for (int index = 0; index < Changes; index++)
        {
            byte[] value = new byte[32 + _random.Next(69)];
            _random.NextBytes(value);
            TrieEntry entry = _entries[_random.Next(_entries.Length)];
            byte[] fresh = new byte[32];
            _random.NextBytes(fresh);
            if (!Restructure) _changes[index] = TrieChange.Set(entry.Key, value);
            else _changes[index] = index % 2 == 0 ? TrieChange.Set(fresh, value) : TrieChange.Remove(entry.Key);
        }
    }

    [Benchmark]
    public Hash256 Update()
    {
        _trie = _trie.Apply(TrieDelta.Create(_changes));
        return _trie.Root;
    }
}
