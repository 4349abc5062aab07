using Phala.Codec;
using Phala.Fuzz.Targets.Codec;
using Phala.Testing;
using Phala.Worker.Interface.Prpc.Messages;
using Phala.Worker.Interface.Prpc.Wire;
using Phala.Worker.Interface.Sync;

namespace Phala.Fuzz.Targets.Worker;

/// <summary>What relayers, clients and hosts bring to a worker.</summary>
public static class WorkerTargets
{
    private static readonly ScaleError[] Ordinary = [ScaleError.UnexpectedEnd, ScaleError.NonMinimalCompact, ScaleError.CompactOverflow, ScaleError.LengthExceedsInput, ScaleError.TrailingBytes];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new DecodeTarget<GenesisInfo, GenesisInfo>("scale-sync-genesis", [SyncSamples.Genesis], outer: 32, [.. Ordinary, ScaleError.UnknownVariant, ScaleError.InvalidOption]),
        new DecodeTarget<AdvanceRequest, AdvanceRequest>("scale-sync-advance", [SyncSamples.Advance, SyncSamples.FactsAlone], outer: 1, [.. Ordinary, ScaleError.InvalidOption]),
        new DecodeTarget<EntryHashes, EntryHashes>("scale-sync-hashes", [SyncSamples.Hashes], outer: 40, Ordinary),
        new DecodeTarget<EntryBatch, EntryBatch>("scale-sync-batch", [SyncSamples.Batch], outer: 8, [.. Ordinary, ScaleError.UnknownVariant]),
        new DecodeTarget<ConflictReport, ConflictReport>("scale-sync-conflict", [SyncSamples.Conflict], outer: 1, Ordinary),
        new ProtoTarget<PhactoryInfo>("proto-info", [ProtoSamples.Info], ProtoError.Truncated, ProtoError.BadNumber, ProtoError.BadTag, ProtoError.WrongType, ProtoError.BadText),
        new ProtoTarget<Certificate>("proto-certificate", [ProtoSamples.Certificate(3), ProtoSamples.Certificate(20)], ProtoError.Truncated, ProtoError.BadNumber, ProtoError.BadTag, ProtoError.WrongType, ProtoError.TooDeep),
        new ProtoTarget<StatisticsResponse>("proto-statistics", [ProtoSamples.Statistics], ProtoError.Truncated, ProtoError.BadNumber, ProtoError.BadTag, ProtoError.WrongType, ProtoError.BadText),
        new ProtoJsonTarget(),
        new SyncTarget(),
    ];
}
