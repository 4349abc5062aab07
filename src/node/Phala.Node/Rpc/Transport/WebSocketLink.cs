using Phala.Node.Rpc.Messages;

namespace Phala.Node.Rpc.Transport;

/// <summary>What lies under a WebSocket.</summary>
/// <param name="Stream">The connection after the handshake.</param>
/// <param name="Abort">Breaks the connection at once.</param>
/// <param name="Remote">Whose it is, for the log.</param>
/// <param name="MakeExchange">Makes an exchange for a call of its session.</param>
internal sealed record WebSocketLink(Stream Stream, Action Abort, string Remote, Func<RpcSession, Exchange> MakeExchange);
