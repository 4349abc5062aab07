using BenchmarkDotNet.Attributes;
using Phala.Codec;
using Phala.LightClient;
using Phala.Testing.Chain;

namespace Phala.Benchmarks.LightClient;

/// <summary>Following a chain that keeps no queue: every header with a read proof of its messages, 250 blocks a request, messages in every tenth block. The figure is per block.</summary>
[MemoryDiagnoser]
public class StorageProofBenchmarks
{
    private const int Blocks = 5_000, Batch = 250;

    private QueueChain? _chain;
    private byte[][] _requests = [];

    [GlobalSetup]
    public void Setup()
    {
        _chain = QueueChain.Create(hasQueue: false);
        Random random = new(1);
        for (int number = 1; number <= Blocks; number++)
        {
            _chain.Append(number % 10 == 0 ? [RandomQueueChain.NextMessage(random)] : [], changes: number % 1000 == 0);
        }

        _requests = [.. Enumerable.Range(0, Blocks / Batch).Select(index => Scale.Encode<AdvanceProof>(_chain.Walk(index * Batch, (index + 1) * Batch)))];
    }

    [Benchmark(OperationsPerInvoke = Blocks)]
    public ulong Walk()
    {
        ChainFollower follower = _chain!.Start(LightClientMode.StorageProof);
        foreach (byte[] request in _requests)
        {
            FollowResult result = follower.Advance(request, out _);
            if (!result.IsOk) throw new InvalidOperationException($"{result}");
        }

        return follower.Head.Queue.Count;
    }
}
