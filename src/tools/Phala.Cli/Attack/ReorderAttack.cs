using Phala.Cli.Dev;
using Phala.Codec;
using Phala.Trie;
using Phala.Worker.Interface.Sync;

namespace Phala.Cli.Attack;

/// <summary>Entries of the queue in another order, twice, and with gaps.</summary>
internal static class ReorderAttack
{
    /// <summary>Runs it.</summary>
    public static async Task RunAsync(DevNetwork network, AttackReport report, CancellationToken stop)
    {
        await report.SayAsync("A fresh worker, fed by the attacker alone.").ConfigureAwait(false);
        Victim victim = await Victim.StartAsync(network, stop).ConfigureAwait(false);
        SyncReply advanced = await victim.BringAsync(victim.Api.AdvanceAsync(await victim.NextAsync(stop).ConfigureAwait(false), stop)).ConfigureAwait(false);
        await report.HonestAsync("the way to the last final block", advanced.Outcome == SyncOutcome.Taken, $"block {victim.Status.Head.Number}, a queue of {victim.Status.Queue.Count} entries").ConfigureAwait(false);

        await report.SayAsync("\nEntries are announced.").ConfigureAwait(false);
        EntryHashes honest = await victim.HashesAsync(stop).ConfigureAwait(false);
        Hash256[] hashes = honest.Hashes.ToArray();
        await AnnounceAsync("two of them change places", victim, honest, [hashes[1], hashes[0], .. hashes[2..]], report, stop).ConfigureAwait(false);
        await AnnounceAsync("the first is left out", victim, honest, hashes[1..], report, stop).ConfigureAwait(false);
        await AnnounceAsync("the last is left out", victim, honest, hashes[..^1], report, stop).ConfigureAwait(false);
        await AnnounceAsync("one comes twice", victim, honest, [hashes[0], .. hashes], report, stop).ConfigureAwait(false);

        await report.SayAsync("\nThey are announced as they are, and come otherwise.").ConfigureAwait(false);
        await victim.BringAsync(victim.Api.BeginEntriesAsync(honest, stop)).ConfigureAwait(false);
        EntryBatch batch = await victim.EntriesAsync(stop).ConfigureAwait(false);
        DeliveredEntry[] entries = batch.Entries.ToArray();
        await DispatchAsync("the second comes first", victim, batch.First, [entries[1], entries[0], .. entries[2..]], report, stop).ConfigureAwait(false);
        await DispatchAsync("the first is left out", victim, batch.First + 1, entries[1..], report, stop).ConfigureAwait(false);
        await report.SayAsync("").ConfigureAwait(false);
        await victim.FinishAsync(report, stop).ConfigureAwait(false);
    }

    private static Task AnnounceAsync(string what, Victim victim, EntryHashes honest, Hash256[] hashes, AttackReport report, CancellationToken stop) =>
        victim.TryAsync(what, victim.Api.BeginEntriesAsync(honest with { Hashes = Vec.Create<Hash256>(hashes) }, stop), report);

    private static Task DispatchAsync(string what, Victim victim, ulong first, DeliveredEntry[] entries, AttackReport report, CancellationToken stop) =>
        victim.TryAsync(what, victim.Api.DispatchAsync(new EntryBatch(first, Vec.Create<DeliveredEntry>(entries)), stop), report);
}
