using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Phala.Chain;
using Phala.Crypto.Signatures;
using Phala.Node.ChainSpecs;
using Phala.Node.Consensus;
using Phala.Node.Keys;
using Phala.Node.Metrics;
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
    private readonly CancellationTokenSource _stop = new();
    private readonly AuthorityKeys _keys;
    private readonly ILoggerFactory _logs;
    private readonly AuthoringLoop _loop;
    private readonly Task _poolKeeping;
    private Task _authoring = Task.CompletedTask, _telling = Task.CompletedTask;
    private RpcServer? _rpc;
    private MetricsServer? _metrics;

    private NodeHost(NodeOptions options, ChainSpec spec, ChainStore store, AuthorityKeys keys, PhalaRuntime runtime, TimeProvider time, ILoggerFactory logs)
    {
        (Spec, Store, Runtime, _keys, _logs) = (spec, store, runtime, keys, logs);
        Apis = new RuntimeApiCalls(runtime);
        Feed = new ChainFeed();
        Pool = new TransactionPool(runtime, new BlockId(store.Best.Hash, store.Best.Number), BestState(store), new PoolOptions(), time);
        Importer = new BlockImporter(store, runtime, Feed, time, Pool);
        LocalFinalizer finalizer = new(store, keys, Feed);
        _poolKeeping = new PoolKeeper(store, Pool).RunAsync(Feed.Listen(_stop.Token));
        BlockAuthor author = new(store, runtime, Importer, keys, Pool, time, RandomNumberGenerator.Fill);
        _loop = new AuthoringLoop(store, author, finalizer, Pool, time, options.IsDevelopment ? 3ul : 1, logs.CreateLogger<AuthoringLoop>());
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
        ChainOpening opening = new(runtime.LightCode);
        if (!opening.TryReadSpec(options, out ChainSpec? spec, out string? problem)) return (null, problem);
        AuthorityKeys keys = new();
        foreach (string uri in options.KeyUris)
        {
            if (keys.Add(uri) is var error && error != Crypto.Keys.SecretUriError.None) return (null, $"A key can't be read: {error}.");
        }

        if (!ChainOpening.TryOpenStore(options, spec, out ChainStore? store, out problem)) return (null, problem);
        NodeHost node = new(options, spec, store, keys, runtime, time, logs);
        try
        {
            await node.ServeAsync(options, time).ConfigureAwait(false);
            return (node, null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await node.DisposeAsync().ConfigureAwait(false);
            return (null, $"{exception.Message} A port that is in use can be changed with --rpc-port and --prometheus-port.");
        }
    }

    private async Task ServeAsync(NodeOptions options, TimeProvider time)
    {
        MetricRegistry metrics = NodeMetrics.Create(this);
        NodeMethods methods = new(Describe(options));
        RpcRegistry registry = new();
        methods.Register(registry);
        _telling = methods.RunAsync(_stop.Token);
        _rpc = await RpcServer.StartAsync(options.Rpc, registry, new RpcServices { Metrics = metrics, Time = time, Logs = _logs }).ConfigureAwait(false);
        if (options.Metrics is { } endPoint) _metrics = await MetricsServer.StartAsync(endPoint, metrics, _logs).ConfigureAwait(false);
        if (options.IsValidator && !_keys.IsEmpty) _authoring = Task.Run(() => _loop.RunAsync(_stop.Token));
    }

    private NodeContext Describe(NodeOptions options)
    {
        using Ed25519KeyPair identity = NodeIdentity.Open(ChainOpening.FolderOf(options, Spec), RandomNumberGenerator.Fill);
        return new NodeContext
        {
            Store = Store,
            Runtime = Runtime,
            Apis = Apis,
            Feed = Feed,
            Pool = Pool,
            Keys = _keys,
            Chain = new ChainFacts(Spec.Name, Spec.ChainType, Encoding.UTF8.GetBytes(Spec.Properties.ToJsonString())),
            Node = new NodeFacts("Phala Node", Version, [options.IsValidator ? "Authority" : "Full"], NodeIdentity.PeerId(identity), () => [], () => []),
        };
    }

    private static StateSnapshot BestState(ChainStore store) => store.StateAt(store.Best.Hash, out StateSnapshot? state) == StateLookup.Found
        ? state!
        : throw new InvalidOperationException("The best block has no state.");

    /// <summary>Ends the node: no new work, what is being done is finished, and the data is closed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _authoring.ConfigureAwait(false);
        await _poolKeeping.ConfigureAwait(false);
        await _telling.ConfigureAwait(false);
        if (_metrics is not null) await _metrics.DisposeAsync().ConfigureAwait(false);
        if (_rpc is not null) await _rpc.DisposeAsync().ConfigureAwait(false);
        Store.Dispose();
        _keys.Dispose();
        _stop.Dispose();
    }
}
