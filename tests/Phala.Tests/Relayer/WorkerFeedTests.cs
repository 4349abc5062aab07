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
    private static async Task<FakeWorker> ServedAsync(RelayedNetwork network, ulong entries, StreamState system, StreamState cluster, Func<FakeWorker, bool> isSo, int fetched = 1)
    {
        SyncStatus status = new(
            new(network.Chain.Genesis), default, default, new BlockId(default, 1), 0, FakeWorker.At(entries), 0, QueueSource.Queue,
            [new StreamStatus(Channel.System, FakeWorker.At(0), system), new StreamStatus(Cluster, FakeWorker.At(0), cluster)],
            default, new SyncNeeds(false, false, false, 0, 0, []), default);
        using FakeWorker worker = new(status);
        using HttpClient http = new(worker);
        using AccountSigner payer = AccountSigner.Development("Ferdie");
        WorkerEndpoint endpoint = new(new Uri("http://127.0.0.1:8000/"), null);
        RelayerOptions options = new() { Node = new Uri("ws://127.0.0.1/"), Workers = [endpoint], Signer = payer, FetchEntries = fetched, SyncEntries = 1, Time = new StandingClock() };
        RelayerMetrics metrics = worker.Metrics;
        ChainFeed feed = new(network.Chain);
        using Submitter submitter = new(network.Chain, options, metrics, NullLogger.Instance);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Task<ClientFailure> news = feed.RunAsync(end.Token);
        Task serving = new WorkerFeed(new WorkerApi(new WorkerClient(http, endpoint.Private)), endpoint, new SyncReader(network.Chain), feed, submitter, options, metrics, NullLogger.Instance).RunAsync(end.Token);
        await network.UntilAsync(() => isSo(worker));
        await end.CancelAsync();
        await Task.WhenAll(serving, news).ContinueWith(static _ => { }, TaskScheduler.Default);
        return worker;
    }

    /// <summary>No pause of the relayer's is ever over, however long a test takes; what waits, waits as always.</summary>
    private sealed class StandingClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
