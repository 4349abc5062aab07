using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Cli.Dev;
using Phala.Codec;
using Phala.LightClient;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;
using Phala.Worker.Interface.Sync;

namespace Phala.Cli.Attack;

/// <summary>What a relayer carries, changed on the way.</summary>
internal static class TamperAttack
{
    /// <summary>Runs it.</summary>
    public static async Task RunAsync(DevNetwork network, AttackReport report, CancellationToken stop)
    {
        await report.SayAsync("A fresh worker, fed by the attacker alone. Blocks are changed on the way.").ConfigureAwait(false);
        Victim victim = await Victim.StartAsync(network, stop).ConfigureAwait(false);
        AdvanceRequest honest = await victim.NextAsync(stop).ConfigureAwait(false);
        AdvanceProof.Jump jump = JumpOf(honest);
        await AdvanceAsync("another state root in the final header", victim, jump with { Target = Changed(jump.Target, header => header with { StateRoot = header.ParentHash }) }, report, stop).ConfigureAwait(false);
        await AdvanceAsync("a longer queue in the final header", victim, jump with { Target = Changed(jump.Target, Lengthened) }, report, stop).ConfigureAwait(false);
        await AdvanceAsync("the justification of another round", victim, jump with { Target = jump.Target with { Justification = jump.Target.Justification with { Round = jump.Target.Justification.Round + 1 } } }, report, stop).ConfigureAwait(false);
        await AdvanceAsync("no votes", victim, jump with { Target = jump.Target with { Justification = jump.Target.Justification with { Commit = jump.Target.Justification.Commit with { Precommits = default } } } }, report, stop).ConfigureAwait(false);
        await AdvanceAsync("a bit of the read proof", victim, jump with { ReadProof = Flipped(jump.ReadProof, jump.ReadProof.Length / 2) }, report, stop).ConfigureAwait(false);
        SyncReply advanced = await victim.BringAsync(victim.Api.AdvanceAsync(honest, stop)).ConfigureAwait(false);
        await report.HonestAsync("the same, unchanged", advanced.Outcome == SyncOutcome.Taken, $"block {victim.Status.Head.Number}, a queue of {victim.Status.Queue.Count} entries").ConfigureAwait(false);

        await report.SayAsync("\nEntries and messages are changed on the way.").ConfigureAwait(false);
        await victim.BringAsync(victim.Api.BeginEntriesAsync(await victim.HashesAsync(stop).ConfigureAwait(false), stop)).ConfigureAwait(false);
        EntryBatch batch = await victim.EntriesAsync(stop).ConfigureAwait(false);
        DeliveredEntry first = batch.Entries[0];
        await DispatchAsync("an entry's time", victim, batch, first with { Entry = first.Entry with { BlockTime = first.Entry.BlockTime + 1 } }, report, stop).ConfigureAwait(false);
        await DispatchAsync("an entry's block", victim, batch, first with { Entry = first.Entry with { BlockNumber = first.Entry.BlockNumber + 1 } }, report, stop).ConfigureAwait(false);
        await DispatchAsync("an entry without its channels", victim, batch, first with { Entry = first.Entry with { Channels = default }, Bodies = default }, report, stop).ConfigureAwait(false);
        await TamperBodyAsync(victim, batch, report, stop).ConfigureAwait(false);
        await report.SayAsync("").ConfigureAwait(false);
        await victim.FinishAsync(report, stop).ConfigureAwait(false);
    }

    private static async Task TamperBodyAsync(Victim victim, EntryBatch batch, AttackReport report, CancellationToken stop)
    {
        DeliveredEntry first = batch.Entries[0];
        if (first.Bodies.Length == 0) return;
        DeliveredBody body = first.Bodies[0];
        DeliveredBody changed = body with { Messages = Flipped(body.Messages, body.Messages.Length - 1) };
        await DispatchAsync("a bit of a message", victim, batch, first with { Bodies = Vec.Create<DeliveredBody>(changed) }, report, stop).ConfigureAwait(false);
        await DispatchAsync("a message left out", victim, batch, first with { Bodies = default }, report, stop).ConfigureAwait(false);
    }

    private static Task AdvanceAsync(string what, Victim victim, AdvanceProof jump, AttackReport report, CancellationToken stop) =>
        victim.TryAsync(what, victim.Api.AdvanceAsync(new AdvanceRequest(new(Vec.Create<byte>(Scale.Encode(jump))), default), stop), report);

    private static Task DispatchAsync(string what, Victim victim, EntryBatch batch, DeliveredEntry changed, AttackReport report, CancellationToken stop) =>
        victim.TryAsync(what, victim.Api.DispatchAsync(batch with { Entries = Vec.Create<DeliveredEntry>([changed, .. batch.Entries.AsSpan()[1..]]) }, stop), report);

    private static AdvanceProof.Jump JumpOf(AdvanceRequest request)
    {
        request.Advance.TryGet(out Vec<byte> encoded);
        return (AdvanceProof.Jump)Scale.Decode<AdvanceProof>(encoded.AsSpan()).Value!;
    }

    private static WarpSyncFragment Changed(WarpSyncFragment fragment, Func<Header, Header> change) => fragment with { Header = change(fragment.Header) };

    private static Header Lengthened(Header header)
    {
        DigestItem forged = new QueueHead(uint.MaxValue, default(Hash256)).ToDigestItem();
        DigestItem[] others = [.. header.Digest.Logs.ToArray().Where(item => item is not DigestItem.Consensus { Engine: var engine } || engine != EngineId.MessageQueue)];
        return header with { Digest = new Digest(Vec.Create<DigestItem>([forged, .. others])) };
    }

    private static Vec<byte> Flipped(Vec<byte> bytes, int at)
    {
        byte[] changed = bytes.ToArray();
        if (changed.Length > 0) changed[at] ^= 1;
        return Vec.Create<byte>(changed);
    }
}
