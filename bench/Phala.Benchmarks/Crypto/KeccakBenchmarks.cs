using BenchmarkDotNet.Attributes;
using Phala.Crypto.Hashing;

namespace Phala.Benchmarks.Crypto;

/// <summary>The permutation under Keccak-256 and Merlin.</summary>
[MemoryDiagnoser]
public class KeccakBenchmarks
{
    private readonly ulong[] _state = new ulong[KeccakPermutation.LaneCount];

    [Benchmark]
    public void KeccakF1600() => KeccakPermutation.Permute(_state);
}
