using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Crypto.Keys;
using Phala.Crypto.Signatures;
using Phala.Node.Consensus;
using Phala.Node.Keys;
using Phala.Node.Rpc;
using Phala.Node.Rpc.Methods;
using Phala.Node.Storage;
using Phala.Node.Storage.Files;
using Phala.Node.TxPool;
using Phala.Runtime;
using Phala.Runtime.Apis;
using Phala.Runtime.Execution;
using Phala.Runtime.Genesis;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;
using Phala.Runtime.Interface.Versions;
using Phala.Testing.Chain;
using Phala.Tests.Node.Storage;
using Phala.Trie;
using Phala.Trie.Storage;
using Xunit;

namespace Phala.Tests.Node.Rpc.Methods;

/// <summary>A chain on disk that makes blocks when the test says so, behind a real server.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    public static readonly byte[] ChildName = "shelf"u8.ToArray();
    private readonly TemporaryDirectory _directory = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly BlockImporter _importer;
    private readonly LocalFinalizer _finalizer;
    private Task _telling = Task.CompletedTask;
    private ulong _slot = 1;

    private TestNode(StorageOptions options, GenesisConfig config)
    {
        GenesisBuilder.TryBuild(config, TestChain.LightCode, out StateSnapshot? built);
        StateDelta entries = Entries(built);
        StateSnapshot state = StateSnapshot.Empty(StateVersion.V1).Apply(entries);
        Genesis genesis = new("test", StoredBlock.Create(Header.Genesis(state.Root), []), entries, StateVersion.V1);
        Assert.True(ChainStore.TryCreate(new DiskFileSystem(), _directory.Path, genesis, options, out ChainStore? store, out _));
        Store = store;
        Runtime = new PhalaRuntime(TestChain.LightCode);
        _importer = new BlockImporter(store, Runtime, Feed, TimeProvider.System);
        _finalizer = new LocalFinalizer(store, Keys, Feed);
        foreach (Actor actor in (Actor[])[Actor.Alice, Actor.Bob])
        {
            Keys.Add(DevAccounts.Open(actor.Name));
            Keys.Add(Ed25519KeyPair.FromSeed(actor.Account.AsSpan()));
        }

        Pool = new TransactionPool(Runtime, new BlockId(store.GenesisHash, 0), state, new PoolOptions(), TimeProvider.System);
    }

    public ChainStore Store { get; }

    public PhalaRuntime Runtime { get; }

    public ChainFeed Feed { get; } = new();

    public AuthorityKeys Keys { get; } = new();

    public TransactionPool Pool { get; }

    public TestServer Server { get; private set; } = null!;

    public List<string> KeptKeys { get; } = [];

    public bool RefusesKeys { get; set; }

    public static async Task<TestNode> StartAsync(StorageOptions? options = null, RpcOptions? rpc = null, string chainType = "Development", GenesisConfig? genesis = null)
    {
        TestNode node = new(options ?? new StorageOptions(), genesis ?? TestChain.Usual);
        NodeMethods methods = new(new NodeContext
        {
            Store = node.Store,
            Runtime = node.Runtime,
            Apis = new RuntimeApiCalls(node.Runtime),
            Feed = node.Feed,
            Pool = node.Pool,
            Chain = new ChainFacts("Test", chainType, """{"ss58Format":30,"tokenDecimals":12,"tokenSymbol":"PHA"}"""u8.ToArray()),
            Node = new NodeFacts("phala-node", "1.2.3", ["Authority"], "12D3KooW", () => ["/ip4/127.0.0.1/tcp/30333/p2p/12D3KooW"], () => [new PeerFacts("12D3Peer", "FULL", node.Store.GenesisHash, 7)]),
            Keys = node.Keys,
            Health = () => new RpcHealth(1, IsSyncing: false, ShouldHavePeers: true),
            KeepKey = (type, _, uri) =>
            {
                if (!node.RefusesKeys) node.KeptKeys.Add($"{type} {uri}");
                return !node.RefusesKeys;
            },
        });
        node._telling = methods.RunAsync(node._ended.Token);
        node.Server = await TestServer.StartAsync(rpc, methods.Register);
        return node;
    }

    public async Task<Caller> ConnectAsync() => new(await Server.ConnectAsync());

    /// <summary>Makes a block on the best one.</summary>
    public Hash256 Author(params OpaqueExtrinsic[] transactions) => AuthorOn(Store.Best.Hash, transactions);

    /// <summary>Makes a block on any one.</summary>
    public Hash256 AuthorOn(Hash256 parent, params OpaqueExtrinsic[] transactions)
    {
        StateSnapshot state = StateOf(parent);
        Assert.True(Store.TryGetNumber(parent, out uint number));
        ulong slot = _slot++;
        Runtime.TryBegin(state, new BlockId(parent, number), slot, out BlockExecution? execution);
        Apply(execution, Extrinsic.Bare(Scale.Encode(RuntimeCall.Of(new Timestamp.Set(slot * Aura.SlotDuration.Get(state.Main))))));
        foreach (OpaqueExtrinsic transaction in transactions) Apply(execution, transaction);
        execution.TryFinish(out ExecutedBlock? block);
        Vec<AuraAuthorityId> authorities = Aura.Authorities.Get(state.Main);
        Assert.True(Keys.TryGet(authorities[AuraSeal.AuthorOf(slot, authorities.Length)], out Sr25519KeyPair? key));
        Header header = AuraSeal.Seal(block.Header, key!, new byte[32]);
        ImportReport report = _importer.ImportOwn(header, block);
        Assert.Equal(ImportStatus.Imported, report.Status);
        return header.Hash();
    }

    /// <summary>Makes the best block final.</summary>
    public void FinalizeBest() => Assert.Equal(FinalizerStatus.Finalized, _finalizer.FinalizeBest());

    /// <summary>Makes any block final, as a justification from elsewhere does; it proves nothing here.</summary>
    public void Finalize(Hash256 hash)
    {
        FinalizeResult result = Store.Finalize(hash, [1, 2, 3]);
        Assert.Equal(FinalizeOutcome.Finalized, result.Outcome);
        Store.TryGetNumber(hash, out uint number);
        Feed.Tell(new ChainUpdate.Finalized(new BlockId(hash, number), [1, 2, 3], result.Finalized, result.Dropped));
    }

    /// <summary>Lets the pool know of the chain, as the node does.</summary>
    public void TellPool(Hash256 best, params OpaqueExtrinsic[] included)
    {
        Store.TryGetNumber(best, out uint number);
        BlockId id = new(best, number);
        Pool.SetBest(id, StateOf(best), [], [new PoolBlock(id, [.. included])]);
    }

    /// <summary>Closes the chain and opens it again, as the program's next start does.</summary>
    public async Task<ChainStore> ReopenAsync(StorageOptions options)
    {
        await StopAsync();
        Assert.True(ChainStore.TryOpen(new DiskFileSystem(), _directory.Path, null, options, out ChainStore? store, out _));
        return store;
    }

    public StateSnapshot StateOf(Hash256 block)
    {
        Assert.Equal(StateLookup.Found, Store.StateAt(block, out StateSnapshot? state));
        return state!;
    }

    public Header HeaderOf(Hash256 block)
    {
        Assert.True(Store.TryGetHeader(block, out byte[]? header));
        return Scale.Decode<Header>(header).Value;
    }

    /// <summary>A transaction for the block after the best one.</summary>
    public OpaqueExtrinsic Sign<T>(Actor actor, in T call, uint? nonce = null, ulong tip = 0)
        where T : ICall<T>
    {
        StateSnapshot state = StateOf(Store.Best.Hash);
        uint spec = FrameSystem.LastRuntimeUpgrade.Get(state.Main).SpecVersion;
        ImpliedData implied = new(spec, PhalaVersion.Transaction, Store.GenesisHash, Store.GenesisHash);
        return actor.Sign(RuntimeCall.Of(call), new TransactionExtensions(default, nonce ?? FrameSystem.Account.Get(state.Main, actor.Account).Nonce, tip), implied);
    }

    public static string Hex(OpaqueExtrinsic extrinsic) => Phala.Codec.Hex.Format(Scale.Encode(extrinsic));

    public static string Hex(Hash256 hash) => Phala.Codec.Hex.Format(hash.AsSpan());

    public static string Hex(ReadOnlySpan<byte> bytes) => Phala.Codec.Hex.Format(bytes);

    public async ValueTask DisposeAsync()
    {
        if (!_ended.IsCancellationRequested) await StopAsync();
        _ended.Dispose();
        _directory.Dispose();
    }

    /// <summary>Subscribers are told from the store, so that it is closed last.</summary>
    private async Task StopAsync()
    {
        await Server.DisposeAsync();
        await _ended.CancelAsync();
        await _telling;
        Store.Dispose();
    }

    private static void Apply(BlockExecution execution, OpaqueExtrinsic extrinsic)
    {
        Assert.True(execution.TryPrepare(extrinsic, out PreparedTransaction? prepared));
        ApplyOutcome outcome = execution.Apply(prepared);
        Assert.True(outcome.IsIncluded, outcome.IsIncluded ? "" : outcome.Refusal.ToString());
    }

    /// <summary>What the genesis has, and a child trie.</summary>
    private static StateDelta Entries(StateSnapshot state)
    {
        List<TrieChange> changes = [];
        TrieCursor cursor = new(state.Main);
        while (cursor.MoveNext()) changes.Add(TrieChange.Set(cursor.Key.ToArray(), cursor.Value));
        TrieChange[] shelf = [.. Enumerable.Range(0, 8).Select(number => TrieChange.Set(new byte[] { 0xAA, (byte)number }, new byte[40 + number]))];
        return StateDelta.Create(TrieDelta.Create([.. changes]), new ChildDelta(ChildName, TrieDelta.Create(shelf)));
    }
}
