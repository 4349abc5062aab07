using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Crypto.Keys;
using Phala.Crypto.Signatures;
using Phala.Node.ChainSpecs;
using Phala.Node.Consensus;
using Phala.Node.Keys;
using Phala.Node.Network;
using Phala.Node.Storage;
using Phala.Node.Storage.Files;
using Phala.Node.TxPool;
using Phala.Runtime;
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

namespace Phala.Tests.Node.Network;

/// <summary>A chain on disk that makes blocks when the test says so, and its network. It can be stopped and begun again on the same data and port.</summary>
internal sealed class NetworkNode : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly AuthorityKeys _keys = new();
    private readonly Ed25519KeyPair _identity = Ed25519KeyPair.FromSeed(new byte[32]);
    private readonly ChainSpec _spec;
    private readonly NetworkOptions _options;
    private ChainFeed _feed = null!;
    private ulong _slot = 1;

    public NetworkNode(uint sessionLength = 0, NetworkOptions? options = null, StorageOptions? storage = null)
    {
        GenesisError error = GenesisBuilder.TryBuild(TestChain.Usual with { SessionLength = sessionLength }, Runtime.LightCode, out StateSnapshot? state);
        Assert.Equal(GenesisError.None, error);
        _spec = new ChainSpec { Name = "Network Test", Id = "network_test", ChainType = "Live", Properties = BuiltInChain.Properties(), Genesis = state };
        _options = (options ?? new NetworkOptions()) with { Listen = ["/ip4/127.0.0.1/tcp/0"] };
        Storage = storage ?? new StorageOptions();
        foreach (Actor actor in (Actor[])[Actor.Alice, Actor.Bob])
        {
            _keys.Add(DevAccounts.Open(actor.Name));
            _keys.Add(Ed25519KeyPair.FromSeed(actor.Account.AsSpan()));
        }

        Open();
    }

    public StorageOptions Storage { get; }

    public PhalaRuntime Runtime { get; } = new();

    public ChainStore Store { get; private set; } = null!;

    public TransactionPool Pool { get; private set; } = null!;

    public BlockImporter Importer { get; private set; } = null!;

    public NetworkService Network { get; private set; } = null!;

    /// <summary>The port for peers.</summary>
    public int Port { get; private set; }

    /// <summary>The chain's raw specification with this node to begin with.</summary>
    public string RawSpec(bool web = true) => ChainSpecWriter.WriteRaw(_spec.With([Address(web)]));

    /// <summary>Where this node listens.</summary>
    public string Address(bool web) => Network.ListenAddresses.First(address => address.Contains("/ws/", StringComparison.Ordinal) == web);

    /// <summary>Begins to take peers.</summary>
    public void Listen(ILoggerFactory? logs = null)
    {
        NetworkContext context = new() { Store = Store, Feed = _feed, Pool = Pool, Identity = _identity, Agent = "phala-node/test", IsAuthority = true };
        NetworkOptions options = Port == 0 ? _options : _options with { Listen = [$"/ip4/127.0.0.1/tcp/{Port}"] };
        Network = NetworkService.Start(options, context, logs ?? NullLoggerFactory.Instance);
        Port = int.Parse(Address(web: false).Split('/')[4], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Ends the node and begins it again.</summary>
    public async Task RestartAsync()
    {
        await Network.DisposeAsync();
        Store.Dispose();
        Open();
        Listen();
    }

    /// <summary>Makes a block on the best one, of the transactions that wait.</summary>
    public Hash256 Author(params OpaqueExtrinsic[] transactions)
    {
        ChainHead parent = Store.Best;
        StateSnapshot state = StateOf(parent.Hash);
        ulong slot = _slot++;
        Runtime.TryBegin(state, new BlockId(parent.Hash, parent.Number), slot, out BlockExecution? execution);
        OpaqueExtrinsic[] all = [Extrinsic.Bare(Scale.Encode(RuntimeCall.Of(new Timestamp.Set(slot * Aura.SlotDuration.Get(state.Main))))), .. transactions];
        foreach (OpaqueExtrinsic extrinsic in all)
        {
            Assert.True(execution.TryPrepare(extrinsic, out PreparedTransaction? prepared));
            Assert.True(execution.Apply(prepared).IsIncluded);
        }

        execution.TryFinish(out ExecutedBlock? block);
        Vec<AuraAuthorityId> authorities = Aura.Authorities.Get(state.Main);
        Assert.True(_keys.TryGet(authorities[AuraSeal.AuthorOf(slot, authorities.Length)], out Sr25519KeyPair? key));
        Header header = AuraSeal.Seal(block.Header, key!, new byte[32]);
        Assert.Equal(ImportStatus.Imported, Importer.ImportOwn(header, block).Status);
        Hash256 hash = header.Hash();
        Pool.SetBest(new BlockId(hash, header.Number), StateOf(hash), [], [new PoolBlock(new BlockId(hash, header.Number), [.. all])]);
        return hash;
    }

    /// <summary>Makes blocks and makes them final, each for itself.</summary>
    public Hash256 AuthorFinal(int count)
    {
        Hash256 last = Store.Best.Hash;
        for (int index = 0; index < count; index++)
        {
            last = Author();
            FinalizeBest();
        }

        return last;
    }

    /// <summary>Makes the best block final, and before it each that changes the authorities.</summary>
    public void FinalizeBest() => Assert.Equal(FinalizerStatus.Finalized, new LocalFinalizer(Store, _keys, _feed).FinalizeBest());

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
    public OpaqueExtrinsic Sign<T>(Actor actor, in T call)
        where T : ICall<T>
    {
        StateSnapshot state = StateOf(Store.Best.Hash);
        ImpliedData implied = new(FrameSystem.LastRuntimeUpgrade.Get(state.Main).SpecVersion, PhalaVersion.Transaction, Store.GenesisHash, Store.GenesisHash);
        return actor.Sign(RuntimeCall.Of(call), new TransactionExtensions(default, FrameSystem.Account.Get(state.Main, actor.Account).Nonce, 0), implied);
    }

    public async ValueTask DisposeAsync()
    {
        if (Network is not null) await Network.DisposeAsync();
        Store.Dispose();
        _keys.Dispose();
        _identity.Dispose();
        _directory.Dispose();
    }

    private void Open()
    {
        Assert.True(ChainStore.TryOpenOrCreate(new DiskFileSystem(), _directory.Path, _spec.ToGenesis(), Storage, out ChainStore? store, out _));
        Store = store;
        _feed = new ChainFeed();
        Importer = new BlockImporter(store, Runtime, _feed, TimeProvider.System);
        Pool = new TransactionPool(Runtime, new BlockId(store.Best.Hash, store.Best.Number), StateOf(store.Best.Hash), new PoolOptions(), TimeProvider.System);
    }
}
