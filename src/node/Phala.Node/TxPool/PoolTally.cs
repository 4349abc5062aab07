namespace Phala.Node.TxPool;

/// <summary>What the pool has done since the start; for whoever holds the pool's gate, and for metrics, to which a torn moment does no harm.</summary>
internal sealed class PoolTally
{
    public long Submitted { get; set; }

    public long Invalid { get; set; }

    public long Revalidated { get; set; }

    public long Pruned { get; set; }

    public long Resubmitted { get; set; }
}
