using Phala.Worker.Attestation;
using Phala.Worker.Boot;
using Phala.Worker.Interface.Sync;
using Phala.Worker.Metrics;
using Phala.Worker.Queries;
using Phala.Worker.Sync;

namespace Phala.Worker.Host;

/// <summary>The worker's metrics. No label depends on a user or on what is secret.</summary>
internal sealed class WorkerMetrics(WorkerCore core, QueryService queries, QueryPool pool, IAttestationProvider attestation, TimeProvider time)
{
    private readonly double _begun = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    /// <summary>All of them, by name.</summary>
    public string Write()
    {
        EngineView view = core.View;
        MetricsText text = new();
        text.Family("phala_worker_info", "A constant 1 with the program's version", "gauge", "version", [(WorkerInfo.Version, 1)]);
        text.Family("phala_worker_attestation_info", "A constant 1 with what vouches for hardware and program", "gauge", "attestation", [(attestation.Description, 1)]);
        text.Gauge("process_start_time_seconds", "Seconds since 1970 at the start, by the host's clock", _begun);
        Follow(text, view);
        Sessions(text, view);
        Queries(text);
        text.Family("phala_worker_command_total", "Commands by what became of them", "counter", "outcome", [("executed", view.Commands.Executed), ("not_executed", view.Commands.NotExecuted)]);
        return text.ToString();
    }

    private void Follow(MetricsText text, EngineView view)
    {
        double now = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        text.Gauge("phala_worker_headers_synced", "The number of the newest block that is verified to be final", view.Head?.Block.Number ?? 0);
        text.Gauge("phala_worker_queue_entries", "Entries of the queue at that block", view.Head?.Queue.Count ?? 0);
        if (view.Known is { } status) text.Gauge("phala_worker_blocks_dispatched", "Entries that every stream has applied", status.Streams.Select(stream => stream.Applied.Count).DefaultIfEmpty(0ul).Min());
        if (view.Head is { ViewTime: > 0 } head) text.Gauge("phala_worker_freshness_seconds", "The age of that block by the host's clock", now - (head.ViewTime / 1000.0));
        text.Gauge("phala_worker_egress_pending", "Messages that wait for the chain", view.Known?.Needs.PendingMessages ?? 0);
        text.Gauge("phala_worker_reports_pending", "Reports that wait for the chain", view.Known?.Needs.PendingReports ?? 0);
        text.Gauge("phala_worker_faulted_clusters", "Clusters that a fault of the program has stopped", view.Known?.Streams.Count(stream => stream.State == StreamState.Faulted) ?? 0);
        text.Gauge("phala_worker_snapshots_refused", "Clusters whose state is too long for a snapshot", core.SnapshotsRefused);
        text.Gauge("phala_worker_stopped", "1 where the worker goes on no more", view.Known?.Stopped.IsSome == true ? 1 : 0);
        text.Gauge("phala_worker_key_epoch", "The newest epoch of command keys", view.Clusters.Values.Select(cluster => cluster.Epoch).DefaultIfEmpty(0u).Max());
    }

    private static void Sessions(MetricsText text, EngineView view)
    {
        double blocks = view.LeaseEnd == 0 || view.Head is null ? 0 : Math.Max(0, (double)view.LeaseEnd - view.Head.Block.Number);
        text.Gauge("phala_worker_lease_expires_seconds", "Until the session's lease is over, at the chain's slot duration", blocks * (view.Head?.State.SlotDuration ?? 0) / 1000.0);
        text.Gauge("phala_worker_serving", "1 where queries are answered", view.NotServing is null ? 1 : 0);
    }

    private void Queries(MetricsText text)
    {
        text.Family("phala_worker_query_total", "Queries by how they ended", "counter", "outcome", queries.Statistics.ByOutcome());
        (IReadOnlyList<(double Bound, long Count)> buckets, double sum, long count) = queries.Statistics.Times();
        text.Histogram("phala_worker_query_seconds", "Seconds that queries took, with waiting", buckets, sum, count);
        text.Gauge("phala_worker_query_waiting", "Queries that wait", pool.Waiting);
    }
}
