namespace Phala.Tests.Node.Consensus;

/// <summary>A clock that stands until the test moves it.</summary>
internal sealed class FixedTime : TimeProvider
{
    public DateTimeOffset Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Now;
}
