using Microsoft.Extensions.Logging;
using Phala.Node.Storage;
using Phala.Trie;

namespace Phala.Node.Host;

/// <summary>Tells every few seconds where the chain stands, in the words that operators of Substrate nodes search for, and once what has gone wrong with the data since.</summary>
/// <param name="store">The chain.</param>
/// <param name="peers">How many peers there are.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where operators read of it.</param>
internal sealed class StatusLine(ChainStore store, Func<int> peers, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private StorageFailure? _told;

    /// <summary>Works until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        foreach (string damaged in store.DamagedSnapshots) HostLog.DamagedSnapshot(log, damaged);
        using PeriodicTimer timer = new(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false)) Tell();
        }
        catch (OperationCanceledException)
        {
            // The node ends.
        }
    }

    /// <summary>A hash that a line has room for: its ends.</summary>
    internal static string Short(in Hash256 hash)
    {
        string digits = Convert.ToHexStringLower(hash.AsSpan());
        return $"0x{digits[..4]}…{digits[^4..]}";
    }

    private void Tell()
    {
        (ChainHead best, ChainHead final) = (store.Best, store.Finalized);
        string bestHash = Short(best.Hash), finalHash = Short(final.Hash);
        int count = peers();
        HostLog.Idle(log, count, best.Number, bestHash, final.Number, finalHash);
        if (store.MaintenanceFailure is not { } failure || failure == _told) return;
        _told = failure;
        HostLog.MaintenanceFailed(log, failure);
    }
}
