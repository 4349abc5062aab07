namespace Phala.Node.Rpc.Methods;

/// <summary>What one connection may have.</summary>
internal sealed class SessionQuotas
{
    /// <summary>Keys that are watched.</summary>
    public Quota WatchedKeys { get; } = new(32_768);

    /// <summary>Follows of the chain.</summary>
    public Quota Follows { get; } = new(4);

    /// <summary>Walks through the storage of old blocks.</summary>
    public Quota Walks { get; } = new(16);

    /// <summary>Those of a connection.</summary>
    public static SessionQuotas Of(RpcSession session) => session.State(static () => new SessionQuotas());
}
