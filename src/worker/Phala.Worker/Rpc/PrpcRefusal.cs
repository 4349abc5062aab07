namespace Phala.Worker.Rpc;

/// <summary>Why a call has no reply.</summary>
/// <param name="Message">In words for who called. It holds nothing secret.</param>
/// <param name="Status">The HTTP status.</param>
internal sealed record PrpcRefusal(string Message, PrpcStatus Status = PrpcStatus.Refused);
