namespace Phala.Relayer.Host;

/// <summary>Waits longer after each failure in a row, up to a bound, and not as long as others that failed at the same time.</summary>
/// <param name="time">The clock.</param>
/// <param name="bound">The longest wait.</param>
public sealed class Backoff(TimeProvider time, TimeSpan bound)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(250);
    private int _failures;

    /// <summary>Forgets the failures.</summary>
    public void Reset() => _failures = 0;

    /// <summary>Waits once more.</summary>
    public Task WaitAsync(CancellationToken stop)
    {
        double longest = Math.Min(bound.TotalMilliseconds, Shortest.TotalMilliseconds * Math.Pow(2, Math.Min(_failures++, 16)));
        return Task.Delay(TimeSpan.FromMilliseconds(longest * (0.5 + (Random.Shared.NextDouble() / 2))), time, stop);
    }
}
