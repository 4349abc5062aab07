using BenchmarkDotNet.Attributes;
using Phala.Trie;
using Phala.Trie.Proofs;

namespace Phala.Benchmarks.Trie;

/// <summary>Read proofs of 1 and of 60 keys out of 100k: making one, and opening it with all of its checks (smoldot: 7.1 µs for 1.8 kB, 432 µs for 100 kB).</summary>
[MemoryDiagnoser]
public class ReadProofBenchmarks
{
    private TrieEntry[] _entries = [];
    private MerkleTrie _trie = MerkleTrie.Empty(StateVersion.V1);
    private byte[] _encoded = [];

    [Params(1, 60)]
    public int Keys { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _entries = TrieData.Generate(100_000);
        _trie = MerkleTrie.Create(_entries, StateVersion.V1);
        _encoded = Make();
        Console.WriteLine($"// proof of {Keys} keys: {_encoded.Length} B");
    }

    [Benchmark]
    public byte[] Make()
    {
        ReadProofBuilder builder = new();
        foreach (TrieEntry entry in _entries.AsSpan(0, Keys)) builder.Add(_trie, entry.Key.Span);
        return builder.Encode();
    }

    [Benchmark]
    public bool Open() => TrieProof.TryOpen(_encoded, _trie.Root, ProofPolicy.Minimal, out _, out _);
}
