namespace Phala.Node.Network.Yamux;

/// <summary>How much one peer may have of this side.</summary>
internal sealed record YamuxLimits
{
    /// <summary>The window that every stream begins with.</summary>
    public const int InitialWindow = 256 << 10;

    /// <summary>The longest frame that this side sends.</summary>
    public const int MaxSentData = 16 << 10;

    /// <summary>Streams that the peer opened and that are open.</summary>
    public int MaxInboundStreams { get; init; } = 64;

    /// <summary>Bytes that came and that nobody has read, over all streams.</summary>
    public int MaxWaiting { get; init; } = 2 << 20;

    /// <summary>Frames without data that wait to be sent.</summary>
    public int MaxOutbox { get; init; } = 512;

    /// <summary>How often the peer is asked whether it is there.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long nothing may come, and how long the peer may take for what is sent.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(45);
}
