using BenchmarkDotNet.Attributes;
using Phala.Chain.Extrinsics;
using Phala.Node.TxPool;
using Phala.Runtime.Interface;
using Phala.Testing.Chain;

namespace Phala.Benchmarks.Node;

/// <summary>Signed transfers submitted to the pool and validated, one by one and many at once; the order of an author; and a new best block over a full pool.</summary>
[MemoryDiagnoser]
public class PoolBenchmarks
{
    private const int Transfers = 3000;

    private readonly TestChain _chain = TestChain.Create();
    private readonly OpaqueExtrinsic[] _transfers;
    private readonly TransactionPool _full;

    public PoolBenchmarks()
    {
        _transfers = [.. Enumerable.Range(0, Transfers).Select(number => _chain.Sign(Actor.All[number % 6], new Balances.TransferKeepAlive(Actor.Ferdie.Address, 5), (uint)(number / 6)))];
        _full = Empty();
        _full.SubmitMany(_transfers, 2);
    }

    [Benchmark(OperationsPerInvoke = Transfers)]
    public int OneByOne()
    {
        TransactionPool pool = Empty();
        foreach (OpaqueExtrinsic transfer in _transfers) pool.Submit(transfer, out _);
        return pool.Counts.Ready;
    }

    [Benchmark(OperationsPerInvoke = Transfers)]
    public int OnTwoThreads()
    {
        TransactionPool pool = Empty();
        pool.SubmitMany(_transfers, 2);
        return pool.Counts.Ready;
    }

    [Benchmark(OperationsPerInvoke = Transfers)]
    public int InOrderOfAnAuthor()
    {
        int count = 0;
        ReadyIterator ready = _full.Ready();
        while (ready.TryNext(out _)) count++;
        return count;
    }

    /// <summary>All accounts are touched, so all transactions are validated again, but for the signatures.</summary>
    [Benchmark(OperationsPerInvoke = Transfers)]
    public int ValidatedAgain()
    {
        _full.SetBest(_chain.Best, _chain.State, [], [new PoolBlock(_chain.Best, [.. _transfers.AsSpan(0, 0)])]);
        return _full.Counts.Ready;
    }

    private TransactionPool Empty() => new(_chain.Runtime, _chain.Best, _chain.State, new PoolOptions(), TimeProvider.System);
}
