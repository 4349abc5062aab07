using Phala.Trie;

namespace Phala.Relayer.Submission;

/// <summary>What was brought to the chain just before, and is not brought again so soon: workers go on offering what the chain does not have yet.</summary>
/// <remarks><b>Invariant.</b> One thing is under way once. What failed in a block, and was paid for, waits twice as long each time it fails alike, so that fees are not spent for ever on what the chain does not take.</remarks>
/// <param name="time">The clock.</param>
public sealed class Offers(TimeProvider time)
{
    /// <summary>How long what the chain has taken, or does not want any more, rests: the worker learns of it with the next blocks.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(20);

    /// <summary>The longest that something rests, however often it failed.</summary>
    public static readonly TimeSpan LongestRest = TimeSpan.FromHours(4);

    /// <summary>How long something rests that the pool refused for the first time: it cost nothing, and what was missing may come with the next block.</summary>
    public static readonly TimeSpan ShortestRest = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<Hash256, Offer> _offers = [];

    /// <summary>Notes that something is under way.</summary>
    /// <returns>False where it is already, or rests.</returns>
    public bool TryBegin(in Hash256 subject)
    {
        lock (_lock)
        {
            foreach (Hash256 old in _offers.Where(pair => IsOver(pair.Value)).Select(pair => pair.Key).ToArray()) _offers.Remove(old);
            if (_offers.TryGetValue(subject, out Offer known) && (known.EndedAt is not { } ended || time.GetElapsedTime(ended) < known.Pause)) return false;
            _offers[subject] = known with { EndedAt = null };
            return true;
        }
    }

    /// <summary>Notes that something ended well, or that the chain has it from others.</summary>
    public void End(in Hash256 subject)
    {
        lock (_lock) _offers[subject] = new Offer(time.GetTimestamp(), Rest);
    }

    /// <summary>Notes that the pool refused something that this relayer would have paid for.</summary>
    public void Refuse(in Hash256 subject)
    {
        lock (_lock)
        {
            Offer before = _offers.GetValueOrDefault(subject);
            TimeSpan pause = TimeSpan.FromTicks(Math.Clamp(2 * before.Refused.Ticks, ShortestRest.Ticks, Rest.Ticks));
            _offers[subject] = before with { EndedAt = time.GetTimestamp(), Pause = pause, Refused = pause };
        }
    }

    /// <summary>Notes that something failed in a block.</summary>
    /// <param name="subject">What.</param>
    /// <param name="error">How it failed.</param>
    /// <returns>How long it rests now.</returns>
    public TimeSpan Fail(in Hash256 subject, string error)
    {
        lock (_lock)
        {
            Offer before = _offers.GetValueOrDefault(subject);
            TimeSpan pause = before.Error == error ? TimeSpan.FromTicks(Math.Min(2 * before.Failed.Ticks, LongestRest.Ticks)) : Rest;
            _offers[subject] = new Offer(time.GetTimestamp(), pause, error, pause);
            return pause;
        }
    }

    /// <summary>Notes that something was given up before anything became of it.</summary>
    public void Forget(in Hash256 subject)
    {
        lock (_lock) _offers.Remove(subject);
    }

    /// <summary>What failed or was refused is remembered beyond its pause: if it happens again soon, the next is longer.</summary>
    private bool IsOver(in Offer offer) => offer.EndedAt is { } ended && time.GetElapsedTime(ended) >= 4 * (offer.Failed > offer.Pause ? offer.Failed : offer.Pause);

    /// <param name="EndedAt">When it ended; null while it is under way.</param>
    /// <param name="Pause">How long it rests then.</param>
    /// <param name="Error">How it failed last; null where it did not.</param>
    /// <param name="Failed">How long it rested when it failed last.</param>
    /// <param name="Refused">How long it rested when it was refused last.</param>
    private readonly record struct Offer(long? EndedAt, TimeSpan Pause, string? Error = null, TimeSpan Failed = default, TimeSpan Refused = default);
}
