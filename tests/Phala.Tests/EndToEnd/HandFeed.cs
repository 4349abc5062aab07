using Phala.Cli.Dev;
using Phala.Client;
using Phala.Client.Sync;
using Phala.Client.Workers;
using Phala.Codec;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Queue;
using Phala.Worker.Interface.Sync;
using Xunit;

namespace Phala.Tests.EndToEnd;

/// <summary>Brings a worker everything that there is, and takes nothing away.</summary>
/// <param name="network">The network; no relayer serves the worker.</param>
/// <param name="worker">The worker.</param>
internal sealed class HandFeed(DevNetwork network, AddedWorker worker)
{
    private readonly WorkerApi _api = new(new WorkerClient(network.Http, worker.Private));
    private readonly SyncReader _chain = new(network.Chain);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Brings it to the last final block.</summary>
    public async Task<SyncStatus> BringAsync()
    {
        SyncStatus status = (await _api.StatusAsync(Stop)).Require();
        if ((await _chain.AdvanceAsync(status, Stop)).Require() is { } advance) status = Taken(await _api.AdvanceAsync(advance, Stop));
        while (status.Streams.Any(stream => stream.Applied.Count < status.Queue.Count))
        {
            QueueHead from = status.Streams.MinBy(stream => stream.Applied.Count).Applied;
            if (!status.Delivery.TryGet(out DeliveryStatus? delivery) || delivery.Next != from.Count + 1)
            {
                status = Taken(await _api.BeginEntriesAsync((await _chain.HashesAsync(from, status.Queue.Count, Stop)).Require(), Stop));
                Assert.True(status.Delivery.TryGet(out delivery));
            }

            IReadOnlyList<DeliveredEntry> entries = (await _chain.EntriesAsync(delivery.Next - 1, (int)(delivery.To.Count - delivery.Next + 1), delivery.Channels, Stop)).Require();
            status = Taken(await _api.DispatchAsync(new EntryBatch(delivery.Next, Vec.Create<DeliveredEntry>([.. entries])), Stop));
        }

        return status;
    }

    /// <summary>Its reports that wait for the chain.</summary>
    public async Task<SignedClusterReport[]> ReportsAsync() => (await _api.ReportsAsync(Stop)).Require().ToArray();

    private static SyncStatus Taken(ClientResult<SyncReply> reply)
    {
        Assert.Equal(SyncOutcome.Taken, reply.Require().Outcome);
        return reply.Require().Status;
    }
}
