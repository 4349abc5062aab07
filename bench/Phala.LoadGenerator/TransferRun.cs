using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Client;
using Phala.Client.Blocks;
using Phala.Trie;

namespace Phala.LoadGenerator;

/// <summary>One run: submits, and reads in the blocks what has become of what was submitted.</summary>
internal sealed class TransferRun : IDisposable
{
    private readonly ChainClient _client;
    private readonly OpaqueExtrinsic[] _transfers;
    private readonly TransferOptions _options;
    private readonly Dictionary<Hash256, int> _places;
    private readonly long[] _submitted, _accepted, _inBlock, _final;
    private readonly SemaphoreSlim _window;
    private readonly ConcurrentDictionary<string, int> _refusals = new();
    private readonly List<(uint Number, int[] Transfers)> _blocks = [];
    private int _left;
    private uint _finalized;
    private volatile Progress _read = new(0);

    public TransferRun(ChainClient client, OpaqueExtrinsic[] transfers, TransferOptions options)
    {
        (_client, _transfers, _options, _left) = (client, transfers, options, transfers.Length);
        _places = transfers.Index().ToDictionary(each => each.Item.Hash(), each => each.Index);
        (_submitted, _accepted, _inBlock, _final) = (new long[transfers.Length], new long[transfers.Length], new long[transfers.Length], new long[transfers.Length]);
        _window = new SemaphoreSlim(options.Window);
    }

    public async Task RunAsync(Uri address, CancellationToken stop)
    {
        _finalized = (await _client.Blocks.BestAsync(stop).ConfigureAwait(false)).Require().Number;
        _read = new Progress(_finalized);
        Task watching = Task.Run(() => WatchAsync(stop), stop);
        await Task.WhenAll(Enumerable.Range(0, _options.Connections).Select(connection => Task.Run(() => SubmitAsync(address, connection, stop), stop))).ConfigureAwait(false);
        await watching.ConfigureAwait(false);
    }

    public void Print()
    {
        long last = _accepted.Max(), first = _submitted.Min();
        int done = _final.Count(time => time != 0);
        foreach ((string refusal, int count) in _refusals) Console.WriteLine($"refused {count}: {refusal}");
        Console.WriteLine($"blocks: {string.Join(" ", _blocks.Select(block => block.Transfers.Length))}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"submitted {Rate(_accepted)}/s, in block {Rate(_inBlock)}/s, finalized {Rate(_final)}/s; {done} of {_transfers.Length} in {Seconds(_final.Max() - first):F1} s, submitting took {Seconds(last - first):F1} s"));
        Console.WriteLine($"from submission to acceptance: {Quantiles.Of(Times(_accepted))}");
        Console.WriteLine($"from submission to a block: {Quantiles.Of(Times(_inBlock))}");
        Console.WriteLine($"from submission to finality: {Quantiles.Of(Times(_final))}");
    }

    public void Dispose() => _window.Dispose();

    /// <summary>A connection's accounts are its own, so that nonces arrive in order.</summary>
    private async Task SubmitAsync(Uri address, int connection, CancellationToken stop)
    {
        ChainClient client = (await ChainClient.ConnectAsync(address, new ClientOptions { MaxPending = _options.InFlight }, stop).ConfigureAwait(false)).Require();
        await using (client.ConfigureAwait(false))
        {
            using SemaphoreSlim flying = new(_options.InFlight);
            for (int index = 0; index < _transfers.Length; index++)
            {
                if (index % _options.Accounts % _options.Connections != connection) continue;
                await _window.WaitAsync(stop).ConfigureAwait(false);
                await flying.WaitAsync(stop).ConfigureAwait(false);
                _submitted[index] = Stopwatch.GetTimestamp();
                _ = SubmitOneAsync(client, index, flying, stop);
            }

            for (int count = 0; count < _options.InFlight; count++) await flying.WaitAsync(stop).ConfigureAwait(false);
        }
    }

    private async Task SubmitOneAsync(ChainClient client, int index, SemaphoreSlim flying, CancellationToken stop)
    {
        ClientResult<Hash256> answer = await client.Transactions.SubmitAsync(_transfers[index], stop).ConfigureAwait(false);
        if (answer.Failure is { } failure)
        {
            _refusals.AddOrUpdate(failure.ToString(), 1, static (_, count) => count + 1);
            _window.Release();
            Interlocked.Decrement(ref _left);
        }

        _accepted[index] = Stopwatch.GetTimestamp();
        flying.Release();
    }

    private async Task WatchAsync(CancellationToken stop)
    {
        ClientSubscription<Header> best = (await _client.Blocks.SubscribeAsync(HeadKind.Best, stop).ConfigureAwait(false)).Require();
        ClientSubscription<Header> final = (await _client.Blocks.SubscribeAsync(HeadKind.Finalized, stop).ConfigureAwait(false)).Require();
        await using (best.ConfigureAwait(false))
        await using (final.ConfigureAwait(false))
        {
            using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(stop);
            Task reading = Task.Run(() => ReadBlocksAsync(best, done.Token), stop);
            while (Volatile.Read(ref _left) > 0) await FinalizeAsync((await final.NextAsync(stop).ConfigureAwait(false)).Require(), stop).ConfigureAwait(false);
            await done.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReadBlocksAsync(ClientSubscription<Header> best, CancellationToken stop)
    {
        while (true)
        {
            Header head = (await best.NextAsync(stop).ConfigureAwait(false)).Require();
            if (head.Number <= _read.Number) continue;
            long now = Stopwatch.GetTimestamp();
            Block block = (await _client.Blocks.BlockAsync(head.Hash(), stop).ConfigureAwait(false)).Require();
            int[] transfers = [.. block.Extrinsics.Select(extrinsic => _places.TryGetValue(extrinsic.Hash(), out int place) ? place : -1).Where(place => place >= 0)];
            foreach (int transfer in transfers) _inBlock[transfer] = now;
            lock (_blocks) _blocks.Add((head.Number, transfers));
            if (transfers.Length > 0) _window.Release(transfers.Length);
            Progress before = _read;
            _read = new Progress(head.Number);
            before.Next.SetResult();
        }
    }

    /// <summary>The block may still be under way when it is told to be final.</summary>
    private async Task FinalizeAsync(Header head, CancellationToken stop)
    {
        long now = Stopwatch.GetTimestamp();
        for (Progress read = _read; read.Number < head.Number; read = _read) await read.Next.Task.WaitAsync(stop).ConfigureAwait(false);
        (uint Number, int[] Transfers)[] blocks;
        lock (_blocks) blocks = [.. _blocks.Where(block => block.Number > _finalized && block.Number <= head.Number)];
        foreach (int transfer in blocks.SelectMany(block => block.Transfers))
        {
            _final[transfer] = now;
            Interlocked.Decrement(ref _left);
        }

        _finalized = head.Number;
    }

    private IEnumerable<double> Times(long[] until) => Enumerable.Range(0, _transfers.Length).Where(index => until[index] != 0).Select(index => Seconds(until[index] - _submitted[index]) * 1000);

    /// <summary>Per second between the first and the last tenth: neither the beginning nor the wait for the last block counts.</summary>
    private static string Rate(long[] times)
    {
        long[] ordered = [.. times.Where(time => time != 0).Order()];
        if (ordered.Length < 100) return "?";
        (int from, int to) = (ordered.Length / 10, ordered.Length * 9 / 10);
        long later = ordered[to], earlier = ordered[from];
        int between = ordered.Count(time => time > earlier && time <= later);
        return string.Create(CultureInfo.InvariantCulture, $"{between / Seconds(later - earlier):F0}");
    }

    private static double Seconds(long ticks) => (double)ticks / Stopwatch.Frequency;

    /// <summary>Up to which block has been read, and what is told when that changes.</summary>
    private sealed record Progress(uint Number)
    {
        public TaskCompletionSource Next { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
