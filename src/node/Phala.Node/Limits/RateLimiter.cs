namespace Phala.Node.Limits;

/// <summary>
/// Spreads what a peer or a connection asks for over time (the generic cell rate algorithm): a minute's calls may come at once, then one more each time that its share of a minute
/// has passed. A call that comes too early waits for its turn, but not longer than <see cref="LongestWait"/>: then it is refused.
/// </summary>
internal sealed class RateLimiter
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly long _interval, _burst;
    private long _due;

    /// <summary>A limiter of so many calls a minute, at least one.</summary>
    public RateLimiter(int callsPerMinute, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(callsPerMinute, 1);
        _time = time;
        _interval = time.TimestampFrequency * 60 / callsPerMinute;
        _burst = _interval * (callsPerMinute - 1);
        _due = time.GetTimestamp();
    }

    /// <summary>The longest that a call is made to wait.</summary>
    public static TimeSpan LongestWait { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Takes a place: how long the call has to wait for it.</summary>
    /// <returns>False if that is longer than a call waits; then no place is taken.</returns>
    public bool TryTake(out TimeSpan wait)
    {
        lock (_lock)
        {
            long now = _time.GetTimestamp();
            long due = Math.Max(_due, now);
            wait = _time.GetElapsedTime(now, Math.Max(now, due - _burst));
            if (wait > LongestWait) return false;
            _due = due + _interval;
            return true;
        }
    }

    /// <summary>Takes a place and waits for it.</summary>
    /// <returns>False if that would be longer than a call waits; then no place is taken.</returns>
    /// <exception cref="OperationCanceledException">The wait was cut short; the place is taken all the same.</exception>
    public async ValueTask<bool> WaitAsync(CancellationToken stop)
    {
        if (!TryTake(out TimeSpan wait)) return false;
        if (wait > TimeSpan.Zero) await Task.Delay(wait, _time, stop).ConfigureAwait(false);
        return true;
    }
}
