using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Phala.Node.Metrics;

namespace Phala.Node.Rpc;

/// <summary>What the server takes from its surroundings.</summary>
public sealed record RpcServices
{
    /// <summary>The node's state, for <c>/health</c> and <c>/health/readiness</c>.</summary>
    public Func<RpcHealth> Health { get; init; } = () => new RpcHealth(0, IsSyncing: false, ShouldHavePeers: false);

    /// <summary>The node's metrics.</summary>
    public MetricRegistry Metrics { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Fills a span with random bytes that nobody can guess.</summary>
    public Action<Span<byte>> Entropy { get; init; } = RandomNumberGenerator.Fill;

    /// <summary>The log.</summary>
    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;
}
