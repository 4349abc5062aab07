namespace Phala.Tests.Client;

/// <summary>A clock that stands still; what waits by it does not wait.</summary>
internal sealed class StandingClock : TimeProvider
{
    public DateTimeOffset Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => System.CreateTimer(callback, state, TimeSpan.FromMilliseconds(Math.Min(1, dueTime.TotalMilliseconds)), period);
}
