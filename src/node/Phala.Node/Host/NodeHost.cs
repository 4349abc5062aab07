using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Phala.Chain;
using Phala.Crypto.Keys;
using Phala.Crypto.Signatures;
using Phala.Node.ChainSpecs;
using Phala.Node.Consensus;
using Phala.Node.Keys;
using Phala.Node.Metrics;
using Phala.Node.Network;
using Phala.Node.Options;
using Phala.Node.Rpc;
using Phala.Node.Rpc.Methods;
using Phala.Node.Storage;
using Phala.Node.TxPool;
using Phala.Runtime;
using Phala.Runtime.Apis;
using Phala.Trie.Storage;

namespace Phala.Node.Host;

/// <summary>The node: its parts put together, begun and ended. Everything that one part knows of another stands here.</summary>
public sealed class NodeHost : IAsyncDisposable
{
    private readonly AuthorityKeys _keys;
    private readonly Keystore _keystore;
    private readonly ILoggerFactory _logs;
    private readonly TimeProvider _time;
    private readonly AuthoringLoop _loop;
    private readonly NodeWork _work;
    private Ed25519KeyPair? _identity;
    private RpcServer? _rpc;
    private MetricsServer? _metrics;
    private NetworkService? _network;

    private NodeHost(NodeOptions options, ChainSpec spec, ChainStore store, AuthorityKeys keys, PhalaRuntime runtime, TimeProvider time, ILoggerFactory logs)
    {
        (Spec, Store, Runtime, _keys, _time, _logs) = (spec, store, runtime, keys, time, logs);
        _keystore = Keystore.Of(ChainOpening.FolderOf(options, spec));
        Apis = new RuntimeApiCalls(runtime);
        Feed = new ChainFeed();
        Pool = new TransactionPool(runtime, new BlockId(store.Best.Hash, store.Best.Number), BestState(store), new PoolOptions(), time);
        Importer = new BlockImporter(store, runtime, Feed, time, Pool);
        BlockAuthor author = new(store, runtime, Importer, keys, Pool, time, RandomNumberGenerator.Fill);
        LocalFinalizer finalizer = new(store, keys, Feed);
        _loop = new AuthoringLoop(store, author, finalizer, Pool, time, options.IsDevelopment ? 3ul : 1, logs.CreateLogger<AuthoringLoop>());
        _work = new NodeWork(logs.CreateLogger<NodeHost>());
        _work.Begin("The transaction pool", new PoolKeeper(store, Pool, Feed).RunAsync);
    }

    /// <summary>The program's version.</summary>
    public static string Version { get; } = typeof(NodeHost).Assembly.GetName().Version!.ToString(3);

    /// <summary>The chain's specification.</summary>
    public ChainSpec Spec { get; }

    /// <summary>The chain.</summary>
    public ChainStore Store { get; }

    /// <summary>The rules.</summary>
    public PhalaRuntime Runtime { get; }

    /// <summary>What answers runtime API calls.</summary>
    public RuntimeApiCalls Apis { get; }

    /// <summary>Who tells what happened to the chain.</summary>
    public ChainFeed Feed { get; }

    /// <summary>Where transactions wait.</summary>
    public TransactionPool Pool { get; }

    /// <summary>What adds blocks.</summary>
    public BlockImporter Importer { get; }

    /// <summary>Completed when a part of the node has failed, without which it is none: with what it is, in words. The node is then to be ended.</summary>
    public Task<string> Failure => _work.Failure;

    /// <summary>What peers see; null where the node takes none.</summary>
    public NetworkService? Network => _network;

    /// <summary>The RPC server.</summary>
    /// <exception cref="InvalidOperationException">The node has not begun.</exception>
    public RpcServer Rpc => _rpc ?? throw new InvalidOperationException("The node has not begun.");

    /// <summary>Begins a node.</summary>
    /// <param name="options">What it is told.</param>
    /// <param name="logs">Where its log goes.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The node; or null and why it can't begin, in words for who started it.</returns>
    public static async Task<(NodeHost? Node, string? Problem)> StartAsync(NodeOptions options, ILoggerFactory logs, TimeProvider time)
    {
        PhalaRuntime runtime = new();
        if (!new ChainOpening(runtime.LightCode).TryReadSpec(options, out ChainSpec? spec, out string? problem)) return (null, problem);
        AuthorityKeys keys = new();
        ChainStore? store = null;
        problem = LoadKeys(options, spec, keys);
        if (problem is not null || !ChainOpening.TryOpenStore(options, spec, out store, out problem))
        {
            keys.Dispose();
            return (null, problem);
        }

        NodeHost node = new(options, spec, store, keys, runtime, time, logs);
        problem = await node.ServeAsync(options).ConfigureAwait(false);
        if (problem is null) return (node, null);
        await node.DisposeAsync().ConfigureAwait(false);
        return (null, problem);
    }

    /// <summary>Ends the node: no new work, what is being done is finished, and the data is closed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _work.StopAsync().ConfigureAwait(false);
        if (_metrics is not null) await _metrics.DisposeAsync().ConfigureAwait(false);
        if (_rpc is not null) await _rpc.DisposeAsync().ConfigureAwait(false);
        if (_network is not null) await _network.DisposeAsync().ConfigureAwait(false);
        await _work.DisposeAsync().ConfigureAwait(false);
        Store.Dispose();
        _keys.Dispose();
        _identity?.Dispose();
    }

    private static string? LoadKeys(NodeOptions options, ChainSpec spec, AuthorityKeys keys)
    {
        foreach (string uri in options.KeyUris)
        {
            if (keys.Add(uri) is var error && error != SecretUriError.None) return $"A key can't be read: {error}.";
        }

        return Keystore.Of(ChainOpening.FolderOf(options, spec)).Load(keys, options.KeystorePassword);
    }

    private static StateSnapshot BestState(ChainStore store) => store.StateAt(store.Best.Hash, out StateSnapshot? state) == StateLookup.Found
        ? state!
        : throw new InvalidOperationException("The best block has no state.");

    /// <summary>Opens the doors. What can't be is said in words.</summary>
    private async Task<string?> ServeAsync(NodeOptions options)
    {
        string door = "The node's identity can't be read or kept";
        try
        {
            _identity = NodeIdentity.Open(ChainOpening.FolderOf(options, Spec), RandomNumberGenerator.Fill);
            door = "Peers can't be listened to; --port and --listen-addr choose another address";
            if (options.Network is not null)
            {
                _network = NetworkService.Start(options.Network, DescribeToPeers(options, _identity), _logs);
                _work.Begin("The network", _ => _network.Working);
            }

            NodeContext context = Describe(options, _identity);
            MetricRegistry metrics = NodeMetrics.Create(this);
            NodeMethods methods = new(context);
            RpcRegistry registry = new();
            methods.Register(registry);
            _work.Begin("RPC's news of the chain", methods.RunAsync);
            door = $"RPC can't listen at {options.Rpc.Listen}; --rpc-port chooses another port";
            _rpc = await RpcServer.StartAsync(options.Rpc, registry, new RpcServices { Health = context.Health, Metrics = metrics, Time = _time, Logs = _logs }).ConfigureAwait(false);
            door = $"Metrics can't be served at {options.Metrics}; --prometheus-port chooses another port, --no-prometheus none";
            if (options.Metrics is { } endPoint) _metrics = await MetricsServer.StartAsync(endPoint, metrics, _logs).ConfigureAwait(false);
            _work.Begin("The status line", new StatusLine(Store, () => context.Node.Peers().Count, _time, _logs.CreateLogger<NodeHost>()).RunAsync);
            if (options.IsValidator) _work.Begin("Authoring", stop => Task.Run(() => _loop.RunAsync(stop), CancellationToken.None));
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SocketException)
        {
            return $"{door}: {exception.Message}";
        }
    }

    private NodeContext Describe(NodeOptions options, Ed25519KeyPair identity)
    {
        NodeFacts facts = new("Phala Node", Version, [options.IsValidator ? "Authority" : "Full"], NodeIdentity.PeerId(identity), () => _network?.ListenAddresses ?? [], () => _network?.Peers ?? []);
        ILogger log = _logs.CreateLogger<NodeHost>();
        HostLog.Identity(log, facts.PeerId);
        return new NodeContext
        {
            Store = Store,
            GenesisState = Spec.Genesis,
            Runtime = Runtime,
            Apis = Apis,
            Feed = Feed,
            Pool = Pool,
            Keys = _keys,
            KeepKey = (type, publicKey, uri) => _keystore.Keep(type, publicKey.Span, uri) is null,
            KeystorePassword = options.KeystorePassword,
            Health = () => new RpcHealth(facts.Peers().Count, IsSyncing: false, ShouldHavePeers: Spec.ChainType != "Development"),
            Chain = new ChainFacts(Spec.Name, Spec.ChainType, Encoding.UTF8.GetBytes(Spec.Properties.ToJsonString())),
            Node = facts,
        };
    }

    private NetworkContext DescribeToPeers(NodeOptions options, Ed25519KeyPair identity) => new()
    {
        Store = Store,
        Feed = Feed,
        Pool = Pool,
        Identity = identity,
        Agent = $"phala-node/{Version} ({options.Name})",
        IsAuthority = options.IsValidator && !_keys.IsEmpty,
        Time = _time,
    };
}
