using Phala.Codec;
using Phala.LightClient;
using Phala.Runtime.Interface.Queue;
using Phala.Testing.Chain;
using Phala.Testing.Chain.Light;
using Phala.Worker.Interface.Sync;

namespace Phala.Fuzz.Targets.Worker;

/// <summary>What an honest relayer brings, for a worker that stands at one block of a chain and shall be brought to another.</summary>
internal static class SyncSamples
{
    private const int From = 20, To = 26;

    public static QueueChain Chain => FollowScenarios.Chain;

    public static GenesisInfo Genesis { get; } = new(Chain.Blocks[0].Header, Vec.Create<byte>(Chain.GenesisProof()), QueueSource.Queue, default);

    public static AdvanceRequest First { get; } = new(new(Encode(Chain.Jump(0, From))), default);

    public static AdvanceRequest Advance { get; } = new(new(Encode(Chain.Jump(From, To))), Chain.ReadProof(To, Phala.Runtime.Interface.PhalaMq.QueueHead.Prefix.ToArray()));

    public static AdvanceRequest FactsAlone { get; } = new(default, Chain.ReadProof(From, Phala.Runtime.Interface.PhalaMq.QueueHead.Prefix.ToArray()));

    public static EntryHashes Hashes { get; } = new(default, [.. Entries().Select(entry => entry.Entry.Hash())]);

    public static EntryBatch Batch { get; } = new(1, [.. Entries().Take(3).Select(Delivered)]);

    public static EntryBatch Late { get; } = new(3, Batch.Entries);

    public static ConflictReport Conflict { get; } = new(Vec.Create<byte>(Scale.Encode(Chain.Claim(From))), default);

    private static Vec<byte> Encode(AdvanceProof proof) => Vec.Create<byte>(Scale.Encode(proof));

    private static DerivedEntry[] Entries() => [.. Chain.Entries(0, From)];

    private static DeliveredEntry Delivered(DerivedEntry entry) =>
        new(entry.Entry, [.. entry.Bodies.Where(body => body.Channel == Channel.System).Select(body => new DeliveredBody(body.Channel, body.Messages))]);
}
