using Microsoft.Extensions.Logging.Abstractions;
using Phala.Clusters.Execution;
using Phala.Codec;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Workers;
using Phala.Testing.Chain;
using Phala.Worker.Attestation;
using Phala.Worker.Boot;
using Phala.Worker.Interface.Sync;
using Phala.Worker.Sealing;
using Phala.Worker.Sync;
using Xunit;

namespace Phala.Tests.Worker;

/// <summary>A worker without its doors, on a disk in memory, and what a relayer does for it.</summary>
internal sealed class TestWorker
{
    private readonly ISealingProvider _sealing;
    private WorkerCore? _core;

    public TestWorker(FilesInMemory? files = null, ISealingProvider? sealing = null, NativeContracts? codes = null)
    {
        (Files, _sealing, Codes) = (files ?? new FilesInMemory(), sealing ?? new FixedSealing(1), codes ?? NativeContracts.Standard);
        Start();
    }

    public FilesInMemory Files { get; set; }

    public NativeContracts Codes { get; set; }

    public WorkerCore Core => _core ?? throw new InvalidOperationException("The worker does not run.");

    public SyncEngine Engine => Core.Engine!;

    public Sr25519PublicKey Identity => Core.Identity.PublicKey;

    public SyncStatus Status => Core.Status();

    public void Start()
    {
        Assert.True(TryStart(out string? problem), problem);
    }

    public bool TryStart(out string? problem) => WorkerCore.TryOpen(
        new WorkerParts { Files = Files, Folder = "/data", Sealing = _sealing, Attestation = new InsecureDevAttestation(new Measurement([.. Enumerable.Repeat((byte)7, 32)])), Codes = Codes, Kept = 3, Log = NullLogger.Instance }, out _core, out problem);

    /// <summary>Ends it gracefully.</summary>
    public async Task StopAsync() => await Core.DisposeAsync();

    /// <summary>Ends it as a kill would.</summary>
    public async Task KillAsync()
    {
        await Core.AbandonAsync();
        Files = new FilesInMemory(Files.Inner.AfterKill());
    }

    public SyncReply Begin(QueueChain chain, QueueSource source = QueueSource.Queue) =>
        Core.Begin(new GenesisInfo(chain.Blocks[0].Header, Vec.Create<byte>(chain.GenesisProof()), source, default));

    /// <summary>Brings it to a block with the facts that it wants there.</summary>
    public SyncReply Advance(QueueChain chain, int to, bool withFacts = true)
    {
        int from = (int)Status.Head.Number;
        Vec<byte> facts = withFacts ? chain.ReadProof(to, [.. Status.Needs.Facts.Select(key => key.ToArray())]) : default;
        Option<Vec<byte>> advance = from < to
            ? new(Vec.Create<byte>(Scale.Encode<Phala.LightClient.AdvanceProof>(Status.Source == QueueSource.Queue ? chain.Jump(from, to) : chain.Walk(from, to))))
            : default;
        return Engine.Advance(new AdvanceRequest(advance, facts));
    }

    /// <summary>Brings all entries that streams miss, as an honest relayer does.</summary>
    public void Deliver(QueueChain chain, int batch = 64)
    {
        for (int round = 0; round < 64; round++)
        {
            SyncStatus status = Status;
            StreamStatus[] behind = [.. status.Streams.Where(stream => stream.State == StreamState.Running && stream.Applied.Count < status.Queue.Count)];
            if (behind.Length == 0) return;
            Deliver(chain, behind.OrderBy(stream => stream.Applied.Count).First().Applied, batch);
        }
    }

    /// <summary>Brings the entries after a position.</summary>
    public SyncReply Deliver(QueueChain chain, in QueueHead from, int batch = 64)
    {
        SyncStatus status = Status;
        Phala.LightClient.DerivedEntry[] entries = [.. chain.Entries(0, (int)status.Head.Number)];
        SyncReply reply = Engine.BeginEntries(new EntryHashes(from, [.. entries.Skip((int)from.Count).Select(entry => entry.Entry.Hash())]));
        while (reply.Outcome == SyncOutcome.Taken && reply.Status.Delivery.TryGet(out DeliveryStatus? delivery))
        {
            DeliveredEntry[] next = [.. entries.Skip((int)delivery.Next - 1).Take(batch).Select(entry => new DeliveredEntry(entry.Entry,
                [.. entry.Bodies.Where(body => delivery.Channels.AsSpan().Contains(body.Channel)).Select(body => new DeliveredBody(body.Channel, body.Messages))]))];
            reply = Engine.DispatchEntries(new EntryBatch(delivery.Next, [.. next]));
        }

        return reply;
    }

    /// <summary>Takes to the chain what the worker wants to be there.</summary>
    public void Submit(TestPallets pallets)
    {
        SyncNeeds needs = Status.Needs;
        if (needs.Registration) pallets.Register(Core.Register()!);
        if (needs.SessionClaim && Engine.Claim() is { } claim) pallets.Record(claim);
        foreach (OutboundMessages outbound in Core.View.Messages) pallets.Accept(outbound);
        foreach (Phala.Runtime.Interface.Clusters.SignedClusterReport report in Core.View.Reports) pallets.Report(report);
    }
}
