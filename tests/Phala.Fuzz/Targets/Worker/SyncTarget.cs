using Microsoft.Extensions.Logging.Abstractions;
using Phala.Codec;
using Phala.Fuzz.Targets.LightClient;
using Phala.Runtime.Interface.Workers;
using Phala.Testing;
using Phala.Worker.Attestation;
using Phala.Worker.Boot;
using Phala.Worker.Interface.Sync;
using Phala.Worker.Sealing;

namespace Phala.Fuzz.Targets.Worker;

/// <summary>A relayer's requests, some bytes of them changed, to a worker. Whatever becomes of one, the worker stands on the honest chain, and a refused one has changed nothing.</summary>
internal sealed class SyncTarget : FuzzTarget
{
    private static readonly byte[][] Requests =
    [
        Scale.Encode(SyncSamples.Advance), Scale.Encode(SyncSamples.FactsAlone), Scale.Encode(SyncSamples.Hashes), Scale.Encode(SyncSamples.Batch), Scale.Encode(SyncSamples.Late), Scale.Encode(SyncSamples.Conflict),
        Scale.Encode(SyncSamples.Genesis), Scale.Encode(SyncSamples.Batch), Scale.Encode(SyncSamples.Hashes),
    ];

    private WorkerCore? _core;

    public override string Name => "worker-sync";

    public override IReadOnlyList<byte[]> Corpus { get; } = Patch.Corpus(Requests.Length);

    public override IReadOnlyCollection<string> Errors { get; } =
    [
        nameof(SyncOutcome.OtherGenesis), nameof(SyncOutcome.AdvanceRefused), nameof(SyncOutcome.FactsRefused), nameof(SyncOutcome.UnknownCursor), nameof(SyncOutcome.HashesRefused),
        nameof(SyncOutcome.NoDelivery), nameof(SyncOutcome.Gap), nameof(SyncOutcome.EntryRefused), nameof(SyncOutcome.BodyRefused), nameof(SyncOutcome.Malformed),
    ];

    public override int SampleSize => 2_000;

    // A worker that took a request is made anew: keys, a chain of justifications, entries.
    public override long AllocationBound(int inputLength) => 64_000_000;

    public override FuzzOutcome Run(byte[] input)
    {
        int kind = Patch.Choice(input, Requests.Length);
        WorkerCore core = _core ??= Open();
        if (kind is 3 or 4) core.Engine!.BeginEntries(SyncSamples.Hashes);
        SyncStatus before = core.Status();
        SyncOutcome outcome = Send(core, kind, Patch.Apply(Requests[kind], input));
        SyncStatus after = core.Status();
        if (after.Head.Hash != SyncSamples.Chain.Blocks[(int)after.Head.Number].Hash) throw new InvalidOperationException("The worker is on another chain.");
        bool isRefused = outcome is not (SyncOutcome.Taken or SyncOutcome.EntryRefused or SyncOutcome.BodyRefused or SyncOutcome.FactsRefused or SyncOutcome.Stopped);
        if (isRefused && (after.Head != before.Head || after.Streams != before.Streams)) throw new InvalidOperationException($"A request that was refused ({outcome}) has changed something: {before.Head} {after.Head}, {before.Streams} {after.Streams}.");
        bool hasChanged = after.Head != before.Head || after.Streams != before.Streams || after.Delivery != before.Delivery || after.Stopped.IsSome || kind is 3 or 4;
        if (hasChanged)
        {
            core.AbandonAsync().AsTask().GetAwaiter().GetResult();
            _core = null;
        }

        return new FuzzOutcome(outcome != SyncOutcome.Malformed, outcome == SyncOutcome.Taken ? null : outcome.ToString());
    }

    private static SyncOutcome Send(WorkerCore core, int kind, byte[] bytes) => kind switch
    {
        0 or 1 => Send<AdvanceRequest>(bytes, core.Engine!.Advance),
        2 => Send<EntryHashes>(bytes, core.Engine!.BeginEntries),
        3 or 4 or 7 => Send<EntryBatch>(bytes, core.Engine!.DispatchEntries),
        5 => Send<ConflictReport>(bytes, core.Engine!.ReportConflict),
        8 => Send<EntryHashes>(bytes, core.Engine!.ProveWaypoint),
        _ => Send<GenesisInfo>(bytes, core.Begin),
    };

    private static SyncOutcome Send<T>(byte[] bytes, Func<T, SyncReply> take)
        where T : IScale<T> => Scale.Decode<T>(bytes).TryGet(out T? request) ? take(request).Outcome : SyncOutcome.Malformed;

    private static WorkerCore Open()
    {
        WorkerParts parts = new() { Files = new NoDisk(), Folder = "/", Sealing = new FixedKey(), Attestation = new InsecureDevAttestation(new Measurement(new byte[Measurement.Size])), Log = NullLogger.Instance };
        if (!WorkerCore.TryOpen(parts, out WorkerCore? core, out string? problem)) throw new InvalidOperationException(problem);
        if (core.Begin(SyncSamples.Genesis).Outcome != SyncOutcome.Taken || core.Engine!.Advance(SyncSamples.First).Outcome != SyncOutcome.Taken) throw new InvalidOperationException("The honest requests are refused.");
        return core;
    }

    private sealed class FixedKey : ISealingProvider
    {
        public string Description => "fixed";

        public bool IsInsecure => true;

        public void DeriveKey(ReadOnlySpan<byte> purpose, Span<byte> key) => key.Fill(7);
    }
}
