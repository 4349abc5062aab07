using System.Diagnostics;
using Phala.Trie;
using Phala.Worker.Sync;

namespace Phala.Worker.Queries;

/// <summary>Runs queries on so many threads as there may be, contract by contract in fair shares.</summary>
internal sealed class QueryPool : IAsyncDisposable
{
    private const int MostOfContract = 128, MostOfAll = 1024;
    private static readonly TimeSpan Guessed = TimeSpan.FromMilliseconds(10);
    private readonly Lock _lock = new();
    private readonly FairQueue<Hash256, Job> _queue = new(MostOfContract, MostOfAll);
    private readonly SemaphoreSlim _ready = new(0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread[] _threads;
    private readonly TimeSpan _patience;

    /// <summary>Begins to run queries.</summary>
    /// <param name="threads">How many at once.</param>
    /// <param name="patience">How long a query may wait.</param>
    public QueryPool(int threads, TimeSpan patience)
    {
        _patience = patience;
        _threads = [.. Enumerable.Range(0, threads).Select(at => new Thread(Run, DeepStack.Length) { IsBackground = true, Name = $"queries {at}" })];
        foreach (Thread thread in _threads) thread.Start();
    }

    /// <summary>How many queries wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock) return _queue.Count;
        }
    }

    /// <summary>Runs a query in its turn.</summary>
    /// <param name="contract">The contract whose share it takes.</param>
    /// <param name="weight">The contract's weight.</param>
    /// <param name="query">The query.</param>
    /// <returns>What it gave; null where too many wait, or it waited too long.</returns>
    public async Task<byte[]?> RunAsync(Hash256 contract, uint weight, Func<byte[]> query)
    {
        Job job = new(query, Stopwatch.GetTimestamp());
        lock (_lock)
        {
            if (!_queue.TryAdd(contract, weight, job)) return null;
        }

        _ready.Release();
        return await job.Result.Task.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        foreach (Thread thread in _threads) thread.Join();
        lock (_lock)
        {
            while (_queue.TryTake(out _, out Job left)) left.Result.TrySetResult(null);
        }

        _ready.Dispose();
        _stop.Dispose();
    }

    private void Run()
    {
        while (TryWait())
        {
            Hash256 contract;
            Job job;
            lock (_lock)
            {
                if (!_queue.TryTake(out contract, out job)) continue;
            }

            long begun = Stopwatch.GetTimestamp();
            if (Stopwatch.GetElapsedTime(job.Asked, begun) > _patience) job.Result.TrySetResult(null);
            else RunOne(job);
            lock (_lock) _queue.Done(contract, Stopwatch.GetElapsedTime(begun) / Guessed);
        }
    }

    private bool TryWait()
    {
        try
        {
            _ready.Wait(_stop.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static void RunOne(Job job)
    {
        try
        {
            job.Result.TrySetResult(job.Query());
        }
#pragma warning disable CA1031 // Who asked learns of it, and other queries go on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            job.Result.TrySetException(failure);
        }
    }

    private readonly struct Job(Func<byte[]> query, long asked)
    {
        public Func<byte[]> Query { get; } = query;

        public long Asked { get; } = asked;

        public TaskCompletionSource<byte[]?> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
