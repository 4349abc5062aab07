using System.Numerics;

namespace Phala.Tests.Runtime.Model;

/// <summary>An account that exists.</summary>
internal sealed record ModelAccount(BigInteger Free, uint Nonce = 0, uint Consumers = 0);
