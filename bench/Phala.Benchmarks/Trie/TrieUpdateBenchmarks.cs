using BenchmarkDotNet.Attributes;
using Phala.Trie;

namespace Phala.Benchmarks.Trie;

/// <summary>Row "update 1000 (100) keys of a 1M-key trie in memory": from unsorted changes to the new root. Reports the memory per entry when it starts.</summary>
[MemoryDiagnoser]
public class TrieUpdateBenchmarks
{
    private static readonly TrieEntry[] Entries = TrieData.Generate(1_000_000);

    /// <summary>One trie for all cases: each update makes a new one beside it, whose entries are as many and as random.</summary>
    private static readonly MerkleTrie Before = Build();

    private readonly Random _random = new(1);
    private TrieChange[] _changes = [];
    private MerkleTrie _trie = Before;

    [Params(1, 100, 1000)]
    public int Changes { get; set; }

    /// <summary>Whether every other change inserts a new key or deletes one, so that nodes are split and merged.</summary>
    [Params(false, true)]
    public bool Restructure { get; set; }

    [IterationSetup]
    public void Draw()
    {
        _changes = new TrieChange[Changes];
        for (int index = 0; index < Changes; index++)
        {
            byte[] value = new byte[32 + _random.Next(69)];
            _random.NextBytes(value);
            TrieEntry entry = Entries[_random.Next(Entries.Length)];
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

    private static MerkleTrie Build()
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        MerkleTrie trie = MerkleTrie.Create(Entries, StateVersion.V1);
        long after = GC.GetTotalMemory(forceFullCollection: true);
        Console.WriteLine($"// memory per entry: {(after - before) / (double)trie.Count:F0} B");
        return trie;
    }
}
