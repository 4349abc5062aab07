using Microsoft.Extensions.Logging.Abstractions;
using Phala.Client.Sync;
using Phala.Chain;
using Phala.Client;
using Phala.Client.Blocks;
using Phala.Client.Transactions;
using Phala.Client.Workers;
using Phala.Relayer.Metrics;
using Phala.Relayer.Node;
using Phala.Relayer.Options;
using Phala.Relayer.Submission;
using Phala.Relayer.Workers;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Queue;
using Phala.Tests.Client;
using Phala.Tests.Worker;
using Phala.Trie;
using Phala.Worker.Interface.Prpc;
using Phala.Worker.Interface.Sync;
using Xunit;

namespace Phala.Tests.Relayer;

/// <summary>What a worker that stands in an unusual place is brought first.</summary>
public sealed class WorkerFeedTests
{
    private static readonly Channel Cluster = Channel.OfCluster(new Hash256([.. Enumerable.Repeat((byte)1, Hash256.Size)]));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task AStreamThatFailedHoldsNoOtherUp()
    {
        await using RelayedNetwork network = await RelayedNetwork.StartAsync();
        ulong entries = await PushAsync(network, 3);
        FakeWorker worker = await ServedAsync(network, entries, StreamState.Running, StreamState.Faulted, fake => Applied(fake, 0) == entries);
        Assert.Equal((entries, 0ul), (Applied(worker, 0), Applied(worker, 1)));
        Assert.True(worker.Calls.Count(call => call == PrpcMethods.DispatchEntries) <= (int)entries + 1, "the failed entry is brought all the time");
    }

    [Fact(Timeout = 120_000)]
    public async Task NoMoreEntriesAreBroughtAtOnceThanTheOperatorSays()
    {
        await using RelayedNetwork network = await RelayedNetwork.StartAsync();
        ulong entries = await PushAsync(network, 3);
        FakeWorker worker = await ServedAsync(network, entries, StreamState.Running, StreamState.AwaitingKeys, fake => Applied(fake, 0) == entries, fetched: 100);
        Assert.Equal((int)entries, worker.Calls.Count(call => call == PrpcMethods.DispatchEntries));
    }

    [Fact(Timeout = 120_000)]
    public async Task WhatIsUnderWayIsBroughtBeforeNewerBlocks()
    {
        await using RelayedNetwork network = await RelayedNetwork.StartAsync();
        ulong entries = await PushAsync(network, 3);
        FakeWorker worker = await ServedAsync(network, entries, StreamState.Running, StreamState.AwaitingKeys, fake => fake.Metrics.Write().Contains("phala_relayer_refused_total", StringComparison.Ordinal));
        int advance = worker.Calls.IndexOf(PrpcMethods.Advance);
        Assert.Equal((int)entries, worker.Calls.Take(advance).Count(call => call == PrpcMethods.DispatchEntries));
        Assert.Equal(1, worker.Calls.Count(call => call == PrpcMethods.BeginEntries));
        Assert.Contains("phala_relayer_refused_total{worker=\"127.0.0.1:8000\",outcome=\"AdvanceRefused\",reason=\"NotJustified\"}", worker.Metrics.Write(), StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task AWorkerThatIsManyDeliveriesBehindIsBroughtAllOfThem()
    {
        await using RelayedNetwork network = await RelayedNetwork.StartAsync();
        const int spacing = 2;
        ulong entries = await PushAsync(network, 8);
        TestWorker worker = new(spacing: spacing);
        using WorkerInMemory handler = new(worker);
        await ServeAsync(network, handler, new RelayerMetrics(), new StandingClock(), () => worker.Status is { } status && status.Queue.Count >= entries && status.Streams[0].Applied == status.Queue);
        string[] calls = [.. handler.Calls];
        int proofs = calls.Count(call => call == PrpcMethods.ProveWaypoint), begun = calls.Count(call => call == PrpcMethods.BeginEntries);
        Assert.True(proofs >= ((int)entries - 1) / spacing, $"{proofs} proofs for {entries} entries");
        Assert.True(begun > proofs / 2, $"{begun} deliveries after {proofs} proofs");
        Assert.True(Array.IndexOf(calls, PrpcMethods.ProveWaypoint) < Array.IndexOf(calls, PrpcMethods.BeginEntries), "entries were brought before anything was proven");
    }

    [Fact(Timeout = 120_000)]
    public async Task AClusterThatHasMuchToCatchUpHoldsTheSystemsChannelNotUp()
    {
        await using RelayedNetwork network = await RelayedNetwork.StartAsync();
        ulong entries = await PushAsync(network, 3);
        FakeWorker worker = await ServedAsync(network, entries, StreamState.Running, StreamState.Running, fake => Applied(fake, 1) == entries, system: 2);
        Assert.Equal([2, 0], worker.Begun);
        Assert.Equal(entries, Applied(worker, 0));
    }

    [Fact(Timeout = 120_000)]
    public async Task WhatAWorkerGivesIsTakenAlongWhileAStreamCatchesUp()
    {
        await using RelayedNetwork network = await RelayedNetwork.StartAsync();
        ulong entries = await PushAsync(network, 3);
        FakeWorker worker = await ServedAsync(
            network, entries, StreamState.Running, StreamState.Running, fake => fake.Calls.Contains(PrpcMethods.GetReports), system: (int)entries, clock: new RunningClock(), reports: 1);
        Assert.True(worker.Calls.Take(worker.Calls.IndexOf(PrpcMethods.GetReports)).Count(call => call == PrpcMethods.DispatchEntries) < (int)entries, "nothing is taken along before the stream has caught up");
    }

    [Fact(Timeout = 120_000)]
    public async Task AWorkerCanBeginHoweverOldTheChainIs()
    {
        DevNode node = new() { StatePruning = 4 };
        await using ChainClient chain = await BegunAsync(node);
        await using (ClientSubscription<Header> heads = (await chain.Blocks.SubscribeAsync(HeadKind.Finalized, Stop)).Require())
        {
            while ((await heads.NextAsync(Stop)).Require().Number < 40)
            {
            }
        }

        Assert.True((await new SyncReader(chain).GenesisAsync(default, Stop)).Failure is null, "the genesis' state is gone");
        await node.DisposeAsync();

        static async Task<ChainClient> BegunAsync(DevNode node)
        {
            await node.InitializeAsync();
            return await node.ConnectAsync();
        }
    }

    private static ulong Applied(FakeWorker worker, int stream) => worker.Status.Streams[stream].Applied.Count;

    /// <summary>Entries on the chain, one for each message.</summary>
    private static async Task<ulong> PushAsync(RelayedNetwork network, int messages)
    {
        using AccountSigner bob = AccountSigner.Development("Bob");
        for (int pushed = 0; pushed < messages; pushed++)
        {
            TransactionResult result = (await network.Chain.Transactions.SendAsync(bob, new PhalaMq.PushMessage([.. "phala/test"u8], [(byte)pushed]), null, Stop)).Require();
            Assert.True(result.IsSuccess, result.ErrorName);
        }

        return (await network.Chain.Storage.GetAsync(PhalaMq.QueueHead, null, Stop)).Require().Count;
    }

    /// <summary>Serves a worker one entry at a time, whose system and cluster streams are at the beginning, until something is so.</summary>
    private static async Task<FakeWorker> ServedAsync(
        RelayedNetwork network, ulong entries, StreamState systemState, StreamState clusterState, Func<FakeWorker, bool> isSo, int system = 0, TimeProvider? clock = null, uint reports = 0, int fetched = 1)
    {
        SyncStatus status = new(
            new(network.Chain.Genesis), default, default, new BlockId(default, 1), 0, FakeWorker.At(entries), 0, QueueSource.Queue,
            [new StreamStatus(Channel.System, FakeWorker.At((ulong)system), systemState, new(FakeWorker.At(entries))), new StreamStatus(Cluster, FakeWorker.At(0), clusterState, new(FakeWorker.At(entries)))],
            default, new SyncNeeds(false, false, false, 0, reports, [], default), default);
        using FakeWorker worker = new(status);
        await ServeAsync(network, worker, worker.Metrics, clock ?? new StandingClock(), () => isSo(worker), fetched);
        return worker;
    }

    /// <summary>Serves a worker until something is so.</summary>
    private static async Task ServeAsync(RelayedNetwork network, HttpMessageHandler worker, RelayerMetrics metrics, TimeProvider clock, Func<bool> isSo, int fetched = 1)
    {
        using HttpClient http = new(worker);
        using AccountSigner payer = AccountSigner.Development("Ferdie");
        WorkerEndpoint endpoint = new(new Uri("http://127.0.0.1:8000/"), null);
        RelayerOptions options = new() { Node = new Uri("ws://127.0.0.1/"), Workers = [endpoint], Signer = payer, FetchEntries = fetched, SyncEntries = 1, Time = clock };
        ChainFeed feed = new(network.Chain);
        using Submitter submitter = new(network.Chain, options, metrics, NullLogger.Instance);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Task<ClientFailure> news = feed.RunAsync(end.Token);
        Task serving = new WorkerFeed(new WorkerApi(new WorkerClient(http, endpoint.Private)), endpoint, new SyncReader(network.Chain), feed, submitter, options, metrics, NullLogger.Instance).RunAsync(end.Token);
        await network.UntilAsync(isSo);
        await end.CancelAsync();
        await Task.WhenAll(serving, news).ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    /// <summary>No pause of the relayer's is ever over, however long a test takes; what waits, waits as always.</summary>
    private sealed class StandingClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }

    /// <summary>Whenever the relayer looks, a long time has passed; what waits, waits as always.</summary>
    private sealed class RunningClock : TimeProvider
    {
        private long _now;

        public override long GetTimestamp() => Interlocked.Add(ref _now, 60 * TimestampFrequency);
    }
}
