using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Client.Blocks;
using Phala.Client.Verification;
using Phala.Codec;
using Phala.LightClient;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Shapes;
using Phala.Trie;
using Phala.Worker.Interface.Receipts;

namespace Phala.Client.Clusters;

/// <summary>Finds receipts in blocks, and proves them: the node is asked where one is, and believed only by proof.</summary>
/// <param name="cluster">The cluster.</param>
internal sealed class ReceiptFinder(ClusterClient cluster)
{
    private VerifiedChain Verified => cluster.Verified;

    /// <summary>Waits for a command's receipt.</summary>
    /// <param name="id">The command.</param>
    /// <param name="from">The block that brought it into the queue: the receipt comes later.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<ProvenReceipt>> FindAsync(MessageId id, Hash256 from, CancellationToken stop)
    {
        using CancellationTokenSource patience = new(cluster.Options.ReceiptTimeout, cluster.Options.Time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        try
        {
            return await SearchAsync(id, from, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new ClientFailure(ClientError.NoReceipt, $"No receipt of message {id.Index} of entry {id.Count} came in {cluster.Options.ReceiptTimeout.TotalSeconds:F0} s.");
        }
    }

    private async Task<ClientResult<ProvenReceipt>> SearchAsync(MessageId id, Hash256 from, CancellationToken stop)
    {
        ClientResult<Header> begin = await cluster.Chain.Blocks.HeaderAsync(from, stop).ConfigureAwait(false);
        if (!begin.TryGet(out Header header, out ClientFailure? failure)) return failure;
        ClientResult<ClientSubscription<Header>> subscribed = await cluster.Chain.Blocks.SubscribeAsync(HeadKind.Finalized, stop).ConfigureAwait(false);
        if (!subscribed.TryGet(out ClientSubscription<Header>? heads, out failure)) return failure;
        await using (heads.ConfigureAwait(false))
        {
            uint next = header.Number + 1;
            while (true)
            {
                ClientResult<Header> news = await heads.NextAsync(stop).ConfigureAwait(false);
                if (!news.TryGet(out Header head, out failure)) return failure;
                for (; next <= head.Number; next++)
                {
                    ClientResult<IReadOnlyList<(MessageId Id, ClusterReport Report)>> looked = await ReportsAsync(next, found => found == id, stop).ConfigureAwait(false);
                    if (looked.TryGet(out IReadOnlyList<(MessageId Id, ClusterReport Report)>? found, out failure))
                    {
                        if (found.Count > 0) return await ProveAsync(next, found[0].Report, id, stop).ConfigureAwait(false);
                        continue;
                    }

                    // The node does not have the block's state any more, and so no events; it has the block.
                    if (failure.Error != ClientError.Rpc) return failure;
                    ClientResult<ProvenReceipt?> among = await FindInBodyAsync(next, id, stop).ConfigureAwait(false);
                    if (!among.TryGet(out ProvenReceipt? proven, out failure)) return failure;
                    if (proven is not null) return proven;
                }
            }
        }
    }

    /// <summary>The reports that a block counted, as the node tells them, each with a receipt of it that is wanted.</summary>
    /// <param name="number">The block.</param>
    /// <param name="isWanted">Which commands' receipts.</param>
    /// <param name="stop">Stops waiting.</param>
    internal async Task<ClientResult<IReadOnlyList<(MessageId Id, ClusterReport Report)>>> ReportsAsync(uint number, Predicate<MessageId> isWanted, CancellationToken stop)
    {
        ClientResult<Hash256> named = await cluster.Chain.Blocks.HashAsync(number, stop).ConfigureAwait(false);
        if (!named.TryGet(out Hash256 block, out ClientFailure? failure)) return failure;
        ClientResult<Vec<EventRecord>> told = await cluster.Chain.Storage.GetAsync(FrameSystem.Events, block, stop).ConfigureAwait(false);
        if (!told.TryGet(out Vec<EventRecord> events, out failure)) return failure;
        List<(MessageId, ClusterReport)> reports = [];
        foreach (EventRecord record in events.ToArray())
        {
            if (ReceiptOf(record.Event) is not { } id || !isWanted(id)) continue;
            if (record.Phase is not Phase.ApplyExtrinsic place) return new ClientFailure(ClientError.UnexpectedAnswer, $"Block {block} has a receipt that no extrinsic brought.");
            ClientResult<ClusterReport> brought = await ReportAsync(block, (int)place.Index, stop).ConfigureAwait(false);
            if (!brought.TryGet(out ClusterReport? report, out failure)) return failure;
            reports.Add((id, report));
        }

        return ClientResult<IReadOnlyList<(MessageId Id, ClusterReport Report)>>.Ok(reports);
    }

    /// <summary>Looks for a receipt among the reports that a block's transactions brought. Not all of them count: the one that the chain anchored is the one that can be proven.</summary>
    /// <returns>Null where the block has none that can be.</returns>
    private async Task<ClientResult<ProvenReceipt?>> FindInBodyAsync(uint number, MessageId id, CancellationToken stop)
    {
        ClientResult<Hash256> named = await cluster.Chain.Blocks.HashAsync(number, stop).ConfigureAwait(false);
        if (!named.TryGet(out Hash256 block, out ClientFailure? failure)) return failure;
        ClientResult<Block> asked = await cluster.Chain.Blocks.BlockAsync(block, stop).ConfigureAwait(false);
        if (!asked.TryGet(out Block body, out failure)) return failure;
        foreach (OpaqueExtrinsic extrinsic in body.Extrinsics.ToArray())
        {
            if (CallOf(extrinsic) is not RuntimeCall<PhalaPhatContracts.ReportEntry> { Arguments.Report.Report: { } report }) continue;
            if (report.Cluster != cluster.Id || report.Receipts.All(receipt => receipt.Id != id)) continue;
            ClientResult<ProvenReceipt> proven = await ProveAsync(number, report, id, stop).ConfigureAwait(false);
            if (proven.TryGet(out ProvenReceipt? found, out failure)) return found;
            if (failure.Error != ClientError.NotVerified) return failure;
        }

        return (ProvenReceipt?)null;
    }

    private MessageId? ReceiptOf(RuntimeEvent told) =>
        told is RuntimeEvent<PhalaPhatContracts.CommandExecuted> executed && executed.Value.Cluster == cluster.Id ? executed.Value.Receipt.Id : null;

    private async Task<ClientResult<ClusterReport>> ReportAsync(Hash256 block, int index, CancellationToken stop)
    {
        ClientResult<Block> asked = await cluster.Chain.Blocks.BlockAsync(block, stop).ConfigureAwait(false);
        if (!asked.TryGet(out Block body, out ClientFailure? failure)) return failure;
        return index < body.Extrinsics.Length && CallOf(body.Extrinsics[index]) is RuntimeCall<PhalaPhatContracts.ReportEntry> call
            ? call.Arguments.Report.Report
            : new ClientFailure(ClientError.UnexpectedAnswer, $"Extrinsic {index} of block {block} is no report.");
    }

    private static RuntimeCall? CallOf(OpaqueExtrinsic bytes) =>
        Extrinsic.TryDecode(bytes, out Extrinsic extrinsic) == ExtrinsicError.None && !extrinsic.IsSigned && Scale.Decode<RuntimeCall>(extrinsic.Payload).TryGet(out RuntimeCall? call) ? call : null;

    /// <summary>Proves a receipt of a report, under the newest final block.</summary>
    internal async Task<ClientResult<ProvenReceipt>> ProveAsync(uint number, ClusterReport report, MessageId id, CancellationToken stop)
    {
        ClientResult<VerifiedHead> advanced = await Verified.AdvanceAsync(stop).ConfigureAwait(false);
        if (!advanced.TryGet(out VerifiedHead? head, out ClientFailure? failure)) return failure;
        if (head.Block.Number < number) return new ClientFailure(ClientError.NotProven, $"The node calls block {number} final, and proves only block {head.Block.Number}.");
        byte[][] keys = [PhalaPhatContracts.AnchoredReports.Key(new ClusterCount(cluster.Id, id.Count))];
        ClientResult<byte[]> asked = await Verified.ProofAsync(head, keys, stop).ConfigureAwait(false);
        if (!asked.TryGet(out byte[]? proof, out failure)) return failure;
        if (report.Receipts.FirstOrDefault(receipt => receipt.Id == id) is not { } found) return new ClientFailure(ClientError.NotVerified, "The report does not have the receipt that the node told of.");

        ReceiptFile file = new(
            cluster.Id, found, new ReceiptEvidence.Reported(report), Option<OpenedOutcome>.None, Verified.GenesisHeader, Vec.Create<byte>(Verified.GenesisProof), Verified.Finality(head), Vec.Create<byte>(proof));
        ReceiptVerdict verdict = ReceiptVerifier.Verify(file, Verified.Genesis, out BlockId block);
        return verdict == ReceiptVerdict.Verified ? new ProvenReceipt(file, block) : new ClientFailure(ClientError.NotVerified, $"The receipt is not to be believed: {verdict}.");
    }
}
