using Phala.LightClient;

namespace Phala.Client.Clusters;

/// <summary>Takes no for an answer only from a state in which is what the asker did a moment ago: workers are some blocks behind the chain, and by each of them a little differently.</summary>
/// <param name="cluster">The cluster.</param>
internal sealed class ReadYourWrites(ClusterClient cluster)
{
    /// <summary>How long a worker may take to what was final already; its answer counts as it is then.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Asks, and again while the answer is no and comes from before what was final at first.</summary>
    /// <param name="ask">Asks.</param>
    /// <param name="isYes">Whether an answer is taken as it is.</param>
    /// <param name="answerOf">The worker's answer in it.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<T>> AskAsync<T>(Func<Task<ClientResult<T>>> ask, Func<T, bool> isYes, Func<T, VerifiedAnswer> answerOf, CancellationToken stop)
    {
        ClientResult<VerifiedHead> advanced = await cluster.Verified.AdvanceAsync(stop).ConfigureAwait(false);
        if (!advanced.TryGet(out VerifiedHead? head, out ClientFailure? failure)) return failure;
        TimeProvider time = cluster.Options.Time;
        long begin = time.GetTimestamp();
        while (true)
        {
            ClientResult<T> asked = await ask().ConfigureAwait(false);
            bool isSettled = !asked.TryGet(out T? said, out _) || isYes(said) || answerOf(said).Answer.Record.Finalized.Number >= head.Block.Number;
            if (isSettled || time.GetElapsedTime(begin) > Patience) return asked;
            await Task.Delay(Pause, time, stop).ConfigureAwait(false);
        }
    }
}
