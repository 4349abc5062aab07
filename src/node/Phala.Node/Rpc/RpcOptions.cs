using System.Net;

namespace Phala.Node.Rpc;

/// <summary>How the JSON-RPC server listens and what it bears. The defaults are Substrate's; every limit is per connection unless it says otherwise.</summary>
public sealed record RpcOptions
{
    private const int Megabyte = 1024 * 1024;

    /// <summary>The address and port, 127.0.0.1:9944; port 0 takes a free one.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 9944);

    /// <summary>Which methods are answered.</summary>
    public RpcMethodPolicy Methods { get; init; } = RpcMethodPolicy.Auto;

    /// <summary>Web pages that may call.</summary>
    public RpcOrigins Origins { get; init; } = RpcOrigins.Default;

    /// <summary>How many connections there may be in all; one more is answered with status 429 and closed.</summary>
    public int MaxConnections { get; init; } = 100;

    /// <summary>The most bytes of a request or a batch.</summary>
    public int MaxRequestSize { get; init; } = 15 * Megabyte;

    /// <summary>The most bytes of a reply, and of a batch's replies together.</summary>
    public int MaxResponseSize { get; init; } = 15 * Megabyte;

    /// <summary>How many subscriptions there may be.</summary>
    public int MaxSubscriptions { get; init; } = 1024;

    /// <summary>How many requests a batch may have: 0 answers no batches, null any number that fits <see cref="MaxRequestSize"/>.</summary>
    public int? MaxBatchLength { get; init; }

    /// <summary>How many calls a minute are answered; null for any number.</summary>
    public int? CallsPerMinute { get; init; }

    /// <summary>Callers from these networks have no rate limit.</summary>
    public IReadOnlyList<IPNetwork> UnlimitedNetworks { get; init; } = [];

    /// <summary>A proxy's forwarding headers tell the address that <see cref="UnlimitedNetworks"/> is about. Only behind a proxy that sets them itself.</summary>
    public bool TrustProxyHeaders { get; init; }

    /// <summary>How many replies may wait for a WebSocket's reader before no more of its requests are read.</summary>
    public int MessageBufferCapacity { get; init; } = 64;

    /// <summary>How many notifications of one subscription may wait for the reader before the connection is cut off.</summary>
    public int SubscriptionBufferCapacity { get; init; } = 1024;

    /// <summary>How many bytes may wait for a WebSocket's reader, replies and notifications together.</summary>
    public int MaxBufferedBytes { get; init; } = 16 * Megabyte;

    /// <summary>How many asynchronous calls of one WebSocket may be under way before no more of its requests are read.</summary>
    public int MaxConcurrentCalls { get; init; } = 16;

    /// <summary>A WebSocket whose reader takes nothing for so long is cut off.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After so long without a message a WebSocket is asked for a sign of life.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A WebSocket that does not answer a ping for so long is closed.</summary>
    public TimeSpan PingTimeout { get; init; } = TimeSpan.FromSeconds(60);
}
