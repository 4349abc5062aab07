using Phala.Node.Metrics;
using Phala.Node.TxPool;

namespace Phala.Node.Host;

/// <summary>The node's metrics, under the names that dashboards for Substrate nodes know.</summary>
internal static class NodeMetrics
{
    public static MetricRegistry Create(NodeHost node)
    {
        MetricRegistry metrics = new();
        ProcessMetrics.Register(metrics, "phala-node", NodeHost.Version);
        MetricFamily<Gauge> height = metrics.Gauges("substrate_block_height", "Block height info of the chain", "status");
        Gauge leaves = metrics.Gauge("substrate_number_leaves", "Number of known chain leaves (aka forks)");
        Gauge peers = metrics.Gauge("substrate_sub_libp2p_peers_count", "Number of connected peers");
        PoolMetrics.Register(metrics, node.Pool);
        metrics.OnCollect(() =>
        {
            height.With("best").Value = node.Store.Best.Number;
            height.With("finalized").Value = node.Store.Finalized.Number;
            peers.Value = node.Network?.Peers.Count ?? 0;
            leaves.Value = node.Store.Leaves.Count;
        });
        return metrics;
    }
}
