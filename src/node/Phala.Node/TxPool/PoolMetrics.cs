using Phala.Node.Metrics;

namespace Phala.Node.TxPool;

/// <summary>The pool's figures under Substrate's names, read when metrics are written.</summary>
public static class PoolMetrics
{
    /// <summary>Registers the figures of a pool.</summary>
    public static void Register(MetricRegistry registry, TransactionPool pool)
    {
        Gauge ready = registry.Gauge("substrate_ready_transactions_number", "Number of transactions in the ready queue");
        Gauge readyBytes = registry.Gauge("phala_pool_ready_bytes", "Bytes of the transactions in the ready queue");
        Gauge future = registry.Gauge("phala_pool_future_transactions_number", "Number of transactions that wait for others");
        Gauge futureBytes = registry.Gauge("phala_pool_future_bytes", "Bytes of the transactions that wait for others");
        Gauge watches = registry.Gauge("phala_pool_watchers", "Number of watchers of transactions");
        Gauge banned = registry.Gauge("phala_pool_banned", "Number of transactions that are not looked at again for a while");
        Gauge submitted = registry.Gauge("substrate_sub_txpool_submitted_transactions", "Total number of transactions submitted");
        Gauge validated = registry.Gauge("substrate_sub_txpool_validations_finished", "Total number of transactions validated again after a block");
        Gauge invalid = registry.Gauge("substrate_sub_txpool_validations_invalid", "Total number of transactions that were removed from the pool or refused as being invalid");
        Gauge pruned = registry.Gauge("substrate_sub_txpool_block_transactions_pruned", "Total number of transactions that blocks took out of the pool");
        Gauge resubmitted = registry.Gauge("substrate_sub_txpool_block_transactions_resubmitted", "Total number of transactions resubmitted because their block was retracted");
        registry.OnCollect(() =>
        {
            PoolCounts counts = pool.Counts;
            (ready.Value, readyBytes.Value, future.Value, futureBytes.Value) = (counts.Ready, counts.ReadyBytes, counts.Future, counts.FutureBytes);
            (watches.Value, banned.Value) = (counts.Watches, counts.Banned);
            PoolTally tally = pool.Tally;
            (submitted.Value, validated.Value, invalid.Value, pruned.Value, resubmitted.Value) = (tally.Submitted, tally.Revalidated, tally.Invalid, tally.Pruned, tally.Resubmitted);
        });
    }
}
