using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Client;
using Phala.Client.Clusters;
using Phala.Client.Verification;
using Phala.Crypto.Encryption;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Workers;
using Phala.Testing.Chain;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Worker.Interface.Queries;
using Xunit;

namespace Phala.Tests.Client;

/// <summary>A node, and a worker, that lie: every lie is noticed, by what it is, and nothing that was sealed for others can be read by who told it.</summary>
public sealed class LyingNodeTests : IDisposable
{
    private const int Best = 12;

    private static readonly Sr25519PublicKey Identity = new(ClusterWorld.Bytes("identity"));
    private static readonly Hash256 Root = ClusterWorld.Hash("state");
    private static readonly X25519PublicKey CommandKey = new(X25519KeyPair.Derive(ClusterWorld.Bytes("command key")).PublicKey);

    private readonly QueueChain _chain = QueueChain.Create();
    private readonly MemoryWorker _worker, _former;
    private readonly StandingClock _clock = new();
    private MemoryNode _node;
    private MemoryWorker _asked;

    public LyingNodeTests()
    {
        _worker = new MemoryWorker("worker", _chain.Genesis) { View = () => _chain.Best };
        _former = new MemoryWorker("former run", _chain.Genesis) { View = () => _chain.Blocks[4] };
        _asked = _worker;
        Grow(_chain);
        _node = new MemoryNode(_chain);
        _clock.Now = DateTimeOffset.FromUnixTimeMilliseconds((long)(_chain.Best.Slot * QueueChain.SlotDuration) + 2000);
    }

    public void Dispose()
    {
        _worker.Dispose();
        _former.Dispose();
    }

    [Fact]
    public async Task An_honest_node_and_worker_are_believed()
    {
        ClientResult<VerifiedAnswer> answer = await AskAsync(requireAnchored: true);
        Assert.True(answer.TryGet(out VerifiedAnswer? verified, out ClientFailure? failure), $"{failure}");
        Assert.Equal(MemoryWorker.Output, verified.Data.ToArray());
        Assert.Equal(Anchoring.Anchored, verified.Anchoring);
        Assert.Equal(TimeSpan.FromSeconds(2), verified.Age);
    }

    public static TheoryData<string> ProofLies => ["command key", "session", "anchor", "endpoint", "members left out", "left out", "nothing", "older state", "forged state", "too many"];

    [Theory]
    [MemberData(nameof(ProofLies))]
    public async Task Nothing_is_read_that_is_not_proven(string lie)
    {
        switch (lie)
        {
            case "command key":
                Replace(CommandKey.AsSpan(), X25519KeyPair.Derive(ClusterWorld.Bytes("attacker")).PublicKey);
                break;
            case "session":
                Replace(_worker.Session(default).EncryptionKey.AsSpan(), X25519KeyPair.Derive(ClusterWorld.Bytes("attacker")).PublicKey);
                break;
            case "anchor":
                Replace(Root.AsSpan(), ClusterWorld.Hash("another state").AsSpan());
                break;
            case "endpoint":
                Replace("worker"u8, "attack"u8);
                break;
            case "members left out":
                _node.Proof = nodes => [.. nodes.Where(node => node.Length != 1 + Sr25519PublicKey.Size || !node.AsSpan(1).SequenceEqual(Identity.AsSpan()))];
                break;
            case "left out":
                _node.Proof = nodes => [.. nodes.Take(2)];
                break;
            case "nothing":
                _node.Proof = _ => [];
                break;
            case "older state":
                _node.StateOf = number => number == 0 ? 0 : 4;
                break;
            case "forged state":
                _node.States = Forged();
                break;
            default:
                _node.Proof = nodes => [.. nodes.Select(node => (byte[])[.. node, 0])];
                break;
        }

        await AssertRefusedAsync(ClientError.NotProven);
        Assert.Equal(0, _worker.Opened + _former.Opened);
    }

    [Fact]
    public async Task A_header_that_was_not_voted_for_is_no_head()
    {
        QueueChain fork = _chain.Fork(6);
        while (fork.Height < Best) fork.Append(spoil: Registered(fork.Best.Id, _former));
        _node.States = fork;
        WarpSyncFragment forged = new(fork.Best.Header, _chain.Justify(Best));
        WarpSyncFragment few = new(fork.Best.Header, fork.Justify(Best) with { Commit = fork.Justify(Best).Commit with { Precommits = [.. fork.Justify(Best).Commit.Precommits.AsSpan()[..2]] } });
        WarpSyncFragment former = new(fork.Best.Header, QueueVoter.Justify(fork.Best.Id, 0));
        foreach (WarpSyncFragment lie in (WarpSyncFragment[])[forged, few, former])
        {
            _node.Finality = proof => new WarpSyncProof([.. proof.Fragments.AsSpan()[..^1], lie], true);
            await AssertRefusedAsync(ClientError.NotProven);
        }

        _node.Finality = proof => new WarpSyncProof([proof.Fragments[^1]], true);
        await AssertRefusedAsync(ClientError.NotProven);
    }

    [Fact]
    public async Task Another_chain_is_refused_by_its_genesis()
    {
        QueueChain other = QueueChain.Create(mark: 7);
        _node.Genesis = other.Genesis;
        ClientResult<VerifiedAnswer> answer = await AskAsync();
        Assert.Equal(ClientError.WrongGenesis, answer.Failure!.Error);
        _node.Genesis = _chain.Genesis;
        _node.Header = header => header.Number == 0 ? other.Blocks[0].Header : header;
        await AssertRefusedAsync(ClientError.NotProven);

        // A whole chain of the same voters, all of it proven, which begins elsewhere.
        Grow(other);
        _node = new MemoryNode(other) { Genesis = _chain.Genesis };
        await AssertRefusedAsync(ClientError.NotProven);
        Assert.Equal(0, _worker.Opened + _former.Opened);
    }

    [Fact]
    public async Task A_node_that_withholds_blocks_gets_a_stale_answer_refused_by_the_clock()
    {
        _node.Height = () => 5;
        _asked = _former;
        _former.StateRoot = ClusterWorld.Hash("older state");
        _clock.Now += TimeSpan.FromMinutes(3);
        ClientFailure failure = await AssertRefusedAsync(ClientError.NotVerified);
        Assert.Contains(nameof(AnswerVerdict.Stale), failure.Message, StringComparison.Ordinal);
        Assert.True(_former.Opened > 0);
        _clock.Now = DateTimeOffset.FromUnixTimeMilliseconds((long)(_chain.Blocks[4].Slot * QueueChain.SlotDuration) + 1000);
        Assert.True((await AskAsync()).IsOk);
    }

    [Fact]
    public async Task A_former_run_of_the_worker_opens_nothing_and_is_not_believed()
    {
        _asked = _former;
        _former.View = () => _chain.Best;
        await AssertRefusedAsync(ClientError.WorkerError);
        Assert.Equal(0, _former.Opened);
    }

    [Fact]
    public async Task A_worker_whose_program_is_allowed_no_more_is_not_asked()
    {
        _chain.Append(spoil: [QueueChain.Set(PhalaRegistry.PRuntimeAllowList, [new([.. Enumerable.Repeat((byte)9, 32)])])]);
        await AssertRefusedAsync(ClientError.NoWorker);
        Assert.Equal(0, _worker.Opened + _former.Opened);
    }

    public static TheoryData<string> WorkerLies => ["state", "view time", "older view", "contract", "genesis", "other block", "output", "signature", "unanchored"];

    [Theory]
    [MemberData(nameof(WorkerLies))]
    public async Task A_worker_that_lies_is_not_believed(string lie)
    {
        (AnswerVerdict expected, Func<FreshnessRecord, FreshnessRecord> change) = RecordLie(lie);
        _worker.Record = change;
        if (lie == "output") (expected, _worker.Answer) = (AnswerVerdict.WrongAnswer, answer => answer with { Outcome = new QueryOutcome.Returned([0, 43]) });
        if (lie == "signature") (expected, _worker.Answer) = (AnswerVerdict.NotSigned, answer => answer with { Record = answer.Record with { LeaseEnd = 501 } });
        ClientFailure failure = await AssertRefusedAsync(ClientError.NotVerified, requireAnchored: lie == "unanchored");
        Assert.Contains(expected.ToString(), failure.Message, StringComparison.Ordinal);
    }

    private static (AnswerVerdict, Func<FreshnessRecord, FreshnessRecord>) RecordLie(string lie) => lie switch
    {
        "state" => (AnswerVerdict.Contradicted, record => record with { StateRoot = ClusterWorld.Genesis }),
        "view time" => (AnswerVerdict.FromTheFuture, record => record with { ViewTime = record.ViewTime + 120_000 }),
        "older view" => (AnswerVerdict.Stale, record => record with { ViewTime = 0 }),
        "contract" => (AnswerVerdict.WrongContract, record => record with { Contract = ClusterWorld.System }),
        "genesis" => (AnswerVerdict.WrongChain, record => record with { Genesis = Root }),
        "other block" => (AnswerVerdict.OtherHistory, record => record with { Finalized = record.Finalized with { Hash = Root } }),
        "unanchored" => (AnswerVerdict.NotAnchored, record => record with { Count = record.Count + 1, StateRoot = ClusterWorld.Genesis }),
        _ => (AnswerVerdict.Verified, record => record),
    };

    /// <summary>Bytes in the nodes of all proofs, changed.</summary>
    private void Replace(ReadOnlySpan<byte> what, ReadOnlySpan<byte> by)
    {
        byte[] from = what.ToArray(), to = by.ToArray();
        int found = 0;
        _node.Proof = nodes =>
        {
            foreach (byte[] node in nodes)
            {
                int at = node.AsSpan().IndexOf(from);
                if (at < 0) continue;
                to.CopyTo(node, at);
                found++;
            }

            return nodes;
        };
        Assert.Equal(0, found);
    }

    /// <summary>A chain with the same headers' numbers and a state that the attacker likes.</summary>
    private QueueChain Forged()
    {
        QueueChain fork = _chain.Fork(6);
        while (fork.Height < Best) fork.Append(spoil: Registered(fork.Best.Id, _former));
        return fork;
    }

    private async Task<ClientFailure> AssertRefusedAsync(ClientError error, bool requireAnchored = false)
    {
        ClientResult<VerifiedAnswer> answer = await AskAsync(requireAnchored);
        Assert.False(answer.IsOk, "A lie was believed.");
        Assert.True(error == answer.Failure!.Error, $"{answer.Failure}");
        return answer.Failure;
    }

    private async Task<ClientResult<VerifiedAnswer>> AskAsync(bool requireAnchored = false)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        await using ScriptedServer server = new(peer => peer.AnswerAllAsync(_node.Answer));
        ClientResult<ChainClient> connected = await ChainClient.ConnectAsync(server.Address, new ClientOptions { Genesis = _chain.Genesis }, stop);
        if (!connected.TryGet(out ChainClient? chain, out ClientFailure? failure)) return failure;
        await using (chain)
        {
            ClientResult<VerifiedChain> started = await VerifiedChain.StartAsync(chain, stop);
            if (!started.TryGet(out VerifiedChain? verified, out failure)) return failure;
            using (verified)
            {
                using HttpClient http = new(_asked, disposeHandler: false);
                using ClusterClient cluster = new(chain, verified, http, ClusterWorld.Id, new ClusterOptions { Time = _clock, RequireAnchored = requireAnchored, ReceiptTimeout = TimeSpan.Zero });
                return await cluster.Contract(ClusterWorld.Vault).QueryAsync([1, 2, 3, 4], null, stop);
            }
        }
    }

    /// <summary>A worker is registered, starts again, and reports; the voters change once.</summary>
    private void Grow(QueueChain chain)
    {
        chain.Append();
        chain.Append(spoil: [.. Registered(chain.Best.Id, _former), Anchored(new ClusterAnchor(new QueueHead(1, Root), ClusterWorld.Hash("older state"), Root, Root, 1))]);
        chain.Append(changes: true);
        while (chain.Height < 6) chain.Append();
        chain.Append(spoil: [.. Registered(chain.Best.Id, _worker), Anchored(new ClusterAnchor(chain.Best.Queue, Root, Root, Root, 1))]);
        while (chain.Height < Best) chain.Append();
    }

    private static TrieChange[] Registered(BlockId claimed, MemoryWorker worker) =>
    [
        QueueChain.Set(PhalaRegistry.PRuntimeAllowList, [worker.Session(claimed).Measurement]),
        QueueChain.Set(PhalaPhatContracts.ClusterWorkers, ClusterWorld.Id, [Identity]),
        QueueChain.Set(PhalaRegistry.ClusterEpochs, ClusterWorld.Id, 0u),
        QueueChain.Set(PhalaRegistry.ClusterKeys, new ClusterEpoch(ClusterWorld.Id, 0), CommandKey),
        QueueChain.Set(PhalaRegistry.Sessions, Identity, worker.Session(claimed)),
        QueueChain.Set(PhalaRegistry.Endpoints, Identity, new VersionedWorkerEndpoints.V1(["http://worker.example:8001"])),
    ];

    private static TrieChange Anchored(ClusterAnchor anchor) => QueueChain.Set(PhalaPhatContracts.ClusterAnchors, ClusterWorld.Id, anchor);
}
