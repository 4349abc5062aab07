using Microsoft.Extensions.DependencyInjection;
using Phala.Chain.Extrinsics;
using Phala.Client;
using Phala.Client.Clusters;
using Phala.Client.Hosting;
using Phala.Codec;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Shapes;
using Phala.Testing.Chain;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Worker.Interface.Receipts;
using Xunit;

namespace Phala.Tests.Client;

/// <summary>What becomes final of a cluster, as it comes; and the client as a service.</summary>
public sealed class ClusterStreamTests
{
    private const int ReportBlock = 8;

    private static readonly ReceiptSamples Samples = new();

    private readonly QueueChain _chain = QueueChain.Create();
    private readonly MemoryNode _node;

    public ClusterStreamTests()
    {
        TrieChange[] cluster =
        [
            QueueChain.Set(PhalaPhatContracts.ClusterWorkers, ClusterWorld.Id, default(Vec<Sr25519PublicKey>)), QueueChain.Set(PhalaRegistry.ClusterEpochs, ClusterWorld.Id, 0u),
            QueueChain.Set(PhalaRegistry.ClusterKeys, new ClusterEpoch(ClusterWorld.Id, 0), new X25519PublicKey(ClusterWorld.Bytes("key"))), Anchored(1),
        ];
        _chain.Append(spoil: cluster);
        _chain.Append(changes: true);
        while (_chain.Height < ReportBlock - 1) _chain.Append();
        Vec<EventRecord> events = [.. Samples.Receipts.Select(receipt => new EventRecord(new Phase.ApplyExtrinsic(0), RuntimeEvent.Of(new PhalaPhatContracts.CommandExecuted(ClusterWorld.Id, receipt)), default))];
        _chain.Append(spoil: [
            QueueChain.Set(FrameSystem.Events, events), QueueChain.Set(PhalaPhatContracts.AnchoredReports, new ClusterCount(ClusterWorld.Id, Samples.Report.Queue.Count), Samples.Report.Hash()),
            Anchored(2),
        ]);
        _chain.Append(spoil: QueueChain.Set(FrameSystem.Events, default(Vec<EventRecord>)));
        while (_chain.Height < 12) _chain.Append();
        _node = new MemoryNode(_chain) { News = [5, 12] };
        _node.Bodies[ReportBlock] = Body(Samples.Report);
    }

    [Fact]
    public async Task Receipts_come_one_by_one_each_proven()
    {
        List<VerifiedReceipt> receipts = [];
        await using ScriptedServer server = new(_node.ServeAsync);
        await using PhalaNetwork network = Network(server);
        ClusterClient cluster = (await network.ClusterAsync(ClusterWorld.Id, TestContext.Current.CancellationToken)).Require();
        await foreach (ClientResult<VerifiedReceipt> receipt in cluster.ReceiptsAsync(1, TestContext.Current.CancellationToken))
        {
            receipts.Add(receipt.Require());
            if (receipts.Count == Samples.Receipts.Length) break;
        }

        Assert.Equal(Samples.Receipts, receipts.Select(receipt => receipt.Receipt));
        Assert.All(receipts, receipt => Assert.Equal(ReceiptVerdict.Verified, ReceiptVerifier.Verify(receipt.File, _chain.Genesis, out _)));
    }

    [Fact]
    public async Task A_receipt_that_a_node_makes_up_ends_the_stream()
    {
        ClusterReport forged = Samples.Report with { StateRoot = ClusterWorld.Genesis };
        _node.Bodies[ReportBlock] = Body(forged);
        await using ScriptedServer server = new(_node.ServeAsync);
        await using PhalaNetwork network = Network(server);
        ClusterClient cluster = (await network.ClusterAsync(ClusterWorld.Id, TestContext.Current.CancellationToken)).Require();
        List<ClientResult<VerifiedReceipt>> all = [];
        await foreach (ClientResult<VerifiedReceipt> receipt in cluster.ReceiptsAsync(1, TestContext.Current.CancellationToken))
        {
            all.Add(receipt);
            if (receipt.IsOk || all.Count > 1) break;
        }

        ClientResult<VerifiedReceipt> only = Assert.Single(all);
        Assert.Equal(ClientError.NotVerified, only.Failure!.Error);
        Assert.Contains(nameof(ReceiptVerdict.NotReported), only.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receipt_is_found_and_proven_when_the_node_has_forgotten_the_blocks_state()
    {
        _node.OldestState = 11;
        _node.Bodies[ReportBlock - 1] = Body(Samples.Report with { StateRoot = ClusterWorld.Genesis });
        _node.News = [12];
        await using ScriptedServer server = new(_node.ServeAsync);
        await using PhalaNetwork network = Network(server);
        ClusterClient cluster = (await network.ClusterAsync(ClusterWorld.Id, TestContext.Current.CancellationToken)).Require();
        foreach (Receipt wanted in Samples.Receipts)
        {
            VerifiedReceipt receipt = (await cluster.ReceiptAsync(wanted.Id, _chain.Blocks[2].Hash, TestContext.Current.CancellationToken)).Require();
            Assert.Equal(wanted, receipt.Receipt);
            Assert.Equal(ReceiptVerdict.Verified, ReceiptVerifier.Verify(receipt.File, _chain.Genesis, out _));
        }
    }

    [Fact]
    public async Task Anchors_come_as_the_chain_gets_them_until_the_reader_stops()
    {
        int asked = 0;
        _node.Height = () => ++asked <= 2 ? 5 : 12;
        _node.News = [4, 5, 12];
        await using ScriptedServer server = new(_node.ServeAsync);
        await using PhalaNetwork network = Network(server);
        ClusterClient cluster = (await network.ClusterAsync(ClusterWorld.Id, TestContext.Current.CancellationToken)).Require();
        List<ulong> counts = [];
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (ClientResult<ClusterAnchor> anchor in cluster.AnchorsAsync(stop.Token))
            {
                counts.Add(anchor.Require().Queue.Count);
                if (counts.Count == 2) stop.Cancel();
            }
        });
        Assert.Equal([1ul, 2ul], counts);
    }

    [Fact]
    public async Task The_client_is_a_service_that_connects_when_used_and_again_after_the_connection_ended()
    {
        int connections = 0;
        await using ScriptedServer server = new(async peer =>
        {
            connections++;
            if (connections > 1)
            {
                await _node.ServeAsync(peer);
                return;
            }

            // The first connection answers what is asked at the beginning, and breaks.
            for (int count = 0; count < 3; count++)
            {
                (long id, string method, System.Text.Json.JsonElement parameters) = await peer.RequestAsync();
                await peer.AnswerAsync(id, _node.Answer(method, parameters));
            }

            peer.Reset();
        });
        await using ServiceProvider services = new ServiceCollection().AddPhalaClient(options =>
        {
            options.Node = server.Address;
            options.Chain = new ClientOptions { Genesis = _chain.Genesis };
            options.Cluster = new ClusterOptions { Time = new Ticking() };
        }).BuildServiceProvider();
        PhalaNetwork network = services.GetRequiredService<PhalaNetwork>();
        Assert.Equal(0, connections);
        CancellationToken stop = TestContext.Current.CancellationToken;
        ChainClient first = (await network.ChainAsync(stop)).Require();
        Assert.Same(network, services.GetRequiredService<PhalaNetwork>());
        await first.Connection.Closed;
        ClusterFacts facts = (await (await network.ClusterAsync(ClusterWorld.Id, stop)).Require().FactsAsync(stop)).Require();
        Assert.Equal((2, 12u), (connections, facts.Head.Block.Number));
        Assert.Same((await network.ClusterAsync(ClusterWorld.Id, stop)).Require(), (await network.ClusterAsync(ClusterWorld.Id, stop)).Require());
    }

    private PhalaNetwork Network(ScriptedServer server) => new(
        new PhalaClientOptions { Node = server.Address, Chain = new ClientOptions { Genesis = _chain.Genesis }, Cluster = new ClusterOptions { Time = new Ticking() } }, new HttpClient());

    private static TrieChange Anchored(ulong count) =>
        QueueChain.Set(PhalaPhatContracts.ClusterAnchors, ClusterWorld.Id, new ClusterAnchor(new QueueHead(count, default), ClusterWorld.Hash($"state {count}"), default, default, 1));

    private static OpaqueExtrinsic Body(ClusterReport report) =>
        Extrinsic.Bare(Scale.Encode(RuntimeCall.Of(new PhalaPhatContracts.ReportEntry(new SignedClusterReport(report, default, default)))));

    /// <summary>A clock of which every look is a second after the one before: nothing that was read is fresh.</summary>
    private sealed class Ticking : TimeProvider
    {
        private long _looks;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Interlocked.Increment(ref _looks);
    }
}
