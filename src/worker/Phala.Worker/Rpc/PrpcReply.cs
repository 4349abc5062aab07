namespace Phala.Worker.Rpc;

/// <summary>A reply as bytes.</summary>
/// <param name="Status">How the call ended.</param>
/// <param name="Body">The message: the reply, or a <c>PrpcError</c>.</param>
internal readonly record struct PrpcReply(PrpcStatus Status, byte[] Body);
