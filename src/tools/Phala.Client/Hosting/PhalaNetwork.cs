using Phala.Client.Clusters;
using Phala.Client.Verification;
using Phala.Trie;

namespace Phala.Client.Hosting;

/// <summary>A chain and its clusters for the services of one program: connects when it is first used, and again after the connection has ended.</summary>
/// <remarks><b>Trust.</b> What the light client has verified is forgotten with the connection; the next begins with the genesis again, and with the same one.</remarks>
public sealed class PhalaNetwork : IAsyncDisposable
{
    private readonly PhalaClientOptions _options;
    private readonly HttpClient _http;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<Hash256, ClusterClient> _clusters = [];
    private ChainClient? _chain;
    private VerifiedChain? _verified;
    private Hash256? _genesis;

    /// <summary>Takes what the program insists on.</summary>
    /// <param name="options">It.</param>
    /// <param name="http">Sends queries to workers. It stays the caller's.</param>
    public PhalaNetwork(PhalaClientOptions options, HttpClient http) => (_options, _http, _genesis) = (options, http, options.Chain.Genesis);

    /// <summary>The connection to the node.</summary>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<ChainClient>> ChainAsync(CancellationToken stop = default) => (await ConnectAsync(stop).ConfigureAwait(false)).Then<ChainClient>(_ => _chain!);

    /// <summary>The chain as this program verifies it.</summary>
    /// <param name="stop">Stops waiting.</param>
    public Task<ClientResult<VerifiedChain>> VerifiedAsync(CancellationToken stop = default) => ConnectAsync(stop);

    /// <summary>A cluster.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<ClusterClient>> ClusterAsync(Hash256 id, CancellationToken stop = default)
    {
        ClientResult<VerifiedChain> connected = await ConnectAsync(stop).ConfigureAwait(false);
        if (!connected.TryGet(out VerifiedChain? verified, out ClientFailure? failure)) return failure;
        lock (_clusters)
        {
            if (!_clusters.TryGetValue(id, out ClusterClient? cluster)) _clusters[id] = cluster = new ClusterClient(_chain!, verified, _http, id, _options.Cluster);
            return cluster;
        }
    }

    /// <summary>Hangs up.</summary>
    public async ValueTask DisposeAsync()
    {
        await HangUpAsync().ConfigureAwait(false);
        _turn.Dispose();
    }

    private async Task<ClientResult<VerifiedChain>> ConnectAsync(CancellationToken stop)
    {
        await _turn.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            if (_verified is not null && !_chain!.Connection.Closed.IsCompleted) return _verified;
            await HangUpAsync().ConfigureAwait(false);
            ClientResult<ChainClient> connected = await ChainClient.ConnectAsync(_options.Node, _options.Chain with { Genesis = _genesis }, stop).ConfigureAwait(false);
            if (!connected.TryGet(out ChainClient? chain, out ClientFailure? failure)) return failure;
            ClientResult<VerifiedChain> started = await VerifiedChain.StartAsync(chain, stop).ConfigureAwait(false);
            if (!started.TryGet(out VerifiedChain? verified, out failure))
            {
                await chain.DisposeAsync().ConfigureAwait(false);
                return failure;
            }

            (_chain, _verified, _genesis) = (chain, verified, chain.Genesis);
            return verified;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask HangUpAsync()
    {
        lock (_clusters)
        {
            foreach (ClusterClient cluster in _clusters.Values) cluster.Dispose();
            _clusters.Clear();
        }

        _verified?.Dispose();
        if (_chain is not null) await _chain.DisposeAsync().ConfigureAwait(false);
        (_verified, _chain) = (null, null);
    }
}
