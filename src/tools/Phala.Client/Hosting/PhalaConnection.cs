using Phala.Client.Clusters;
using Phala.Client.Verification;
using Phala.Trie;

namespace Phala.Client.Hosting;

/// <summary>The connection of a program that runs for long: made when it is first needed, and again when it has ended. What was under way when it ended has failed, and its caller knows.</summary>
public sealed class PhalaConnection : IAsyncDisposable
{
    private readonly PhalaClientOptions _options;
    private readonly Func<HttpClient> _http;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private (ChainClient Chain, VerifiedChain Verified, ClusterClient Cluster)? _current;

    /// <summary>Prepares one.</summary>
    /// <param name="options">Which chain and cluster.</param>
    /// <param name="http">Makes what sends requests to workers.</param>
    public PhalaConnection(PhalaClientOptions options, Func<HttpClient> http) => (_options, _http) = (options, http);

    /// <summary>The cluster.</summary>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<ClusterClient>> ClusterAsync(CancellationToken stop = default)
    {
        await _turn.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            if (_current is { } current && !current.Chain.Connection.Closed.IsCompleted) return current.Cluster;
            await CloseAsync().ConfigureAwait(false);
            return await ConnectAsync(stop).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A contract of the cluster.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<ContractClient>> ContractAsync(Hash256 id, CancellationToken stop = default) =>
        (await ClusterAsync(stop).ConfigureAwait(false)).Then<ContractClient>(cluster => cluster.Contract(id));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        _turn.Dispose();
    }

    private async Task<ClientResult<ClusterClient>> ConnectAsync(CancellationToken stop)
    {
        ClientResult<ChainClient> connected = await ChainClient.ConnectAsync(_options.Node, new ClientOptions { Genesis = _options.Genesis }, stop).ConfigureAwait(false);
        if (!connected.TryGet(out ChainClient? chain, out ClientFailure? failure)) return failure;
        ClientResult<VerifiedChain> started = await VerifiedChain.StartAsync(chain, stop).ConfigureAwait(false);
        if (!started.TryGet(out VerifiedChain? verified, out failure))
        {
            await chain.DisposeAsync().ConfigureAwait(false);
            return failure;
        }

        ClusterClient cluster = new(chain, verified, _http(), _options.Cluster, _options.ClusterOptions);
        _current = (chain, verified, cluster);
        return cluster;
    }

    private async Task CloseAsync()
    {
        if (_current is not { } current) return;
        _current = null;
        current.Cluster.Dispose();
        current.Verified.Dispose();
        await current.Chain.DisposeAsync().ConfigureAwait(false);
    }
}
