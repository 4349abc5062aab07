namespace Phala.Node.Rpc.Messages;

/// <summary>How requests come.</summary>
internal enum Protocol
{
    /// <summary>One in the body of each HTTP request.</summary>
    Http,

    /// <summary>In the messages of a WebSocket.</summary>
    WebSocket,
}
