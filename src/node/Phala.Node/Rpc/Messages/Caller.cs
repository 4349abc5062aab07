using Phala.Node.Limits;

namespace Phala.Node.Rpc.Messages;

/// <summary>Who sends the requests of one connection.</summary>
/// <param name="Protocol">How they come.</param>
/// <param name="Limiter">How many calls are answered; null for any number.</param>
internal sealed record Caller(Protocol Protocol, RateLimiter? Limiter);
