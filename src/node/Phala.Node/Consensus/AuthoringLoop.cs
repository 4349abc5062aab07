using Microsoft.Extensions.Logging;
using Phala.Node.Storage;
using Phala.Node.TxPool;
using Phala.Runtime.Interface;
using Phala.Trie.Storage;

namespace Phala.Node.Consensus;

/// <summary>Makes a block in every slot that is this node's, or where nothing waits only in some of them, and makes blocks final.</summary>
/// <param name="store">The chain.</param>
/// <param name="author">What makes blocks.</param>
/// <param name="finalizer">What makes them final.</param>
/// <param name="pool">Where transactions wait.</param>
/// <param name="time">The clock.</param>
/// <param name="idleSlots">Every how many slots a block is made although nothing waits; 1 for every slot.</param>
/// <param name="log">Where operators read of it.</param>
public sealed class AuthoringLoop(
    ChainStore store, BlockAuthor author, LocalFinalizer finalizer, TransactionPool pool, TimeProvider time, ulong idleSlots, ILogger<AuthoringLoop> log)
{
    /// <summary>Which part of a slot may be spent on adding transactions: two thirds.</summary>
    private const double AuthoringShare = 2.0 / 3;

    /// <summary>How long a block is in the chain before it is final, at most a quarter of a slot: clients look up a block's events between the two, and drop the first news for the second.</summary>
    private static readonly TimeSpan FinalityDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>How long nothing is made after a block could not be written.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private DateTimeOffset _pausedUntil;

    private bool _isPaused;

    /// <summary>Works until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        if (store.StateAt(store.Best.Hash, out StateSnapshot? state) != StateLookup.Found) throw new InvalidOperationException("The best block has no state.");
        ulong duration = Aura.SlotDuration.Get(state!.Main), authored = Aura.CurrentSlot.Get(state.Main);
        while (!stop.IsCancellationRequested)
        {
            ulong now = (ulong)time.GetUtcNow().ToUnixTimeMilliseconds(), slot = now / duration;
            if (slot > authored && time.GetUtcNow() >= _pausedUntil && (slot - authored >= idleSlots || pool.Counts.Ready > 0))
            {
                authored = slot;
                if (TryAuthor(slot, DateTimeOffset.FromUnixTimeMilliseconds((long)now).AddMilliseconds(duration * AuthoringShare)))
                {
                    TimeSpan delay = TimeSpan.FromMilliseconds(Math.Min(FinalityDelay.TotalMilliseconds, duration / 4.0));
                    await Task.Delay(delay, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    FinalizeBest();
                }
            }

            ulong next = ((slot + 1) * duration) - (ulong)time.GetUtcNow().ToUnixTimeMilliseconds();
            if ((long)next > 0) await Task.Delay(TimeSpan.FromMilliseconds(next), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private bool TryAuthor(ulong slot, DateTimeOffset deadline)
    {
        AuthorReport report = author.Author(slot, deadline);
        switch (report.Status)
        {
            case AuthorStatus.Authored when report.Import.Status == ImportStatus.Imported:
                if (_isPaused) AuthoringLog.Resumed(log);
                _isPaused = false;
                AuthoringLog.Imported(log, report.Block.Number, report.Block.Hash, report.Extrinsics);
                return true;
            case AuthorStatus.Authored when report.Import.Failure is { } failure:
                if (!_isPaused) AuthoringLog.Paused(log, failure);
                (_isPaused, _pausedUntil) = (true, time.GetUtcNow() + Pause);
                return false;
            case AuthorStatus.Authored:
                AuthoringLog.NotKept(log, slot, report.Import.ToString());
                return false;
            case AuthorStatus.NotOurSlot:
                return false;
            default:
                AuthoringLog.NoBlock(log, slot, report.Status, report.Error);
                return false;
        }
    }

    private void FinalizeBest()
    {
        FinalizerStatus status = finalizer.FinalizeBest();
        if (status == FinalizerStatus.Finalized) AuthoringLog.Finalized(log, store.Finalized.Number, store.Finalized.Hash);
        else if (status != FinalizerStatus.NotEnoughKeys) AuthoringLog.NotFinalized(log, store.Best.Number, status);
    }
}
