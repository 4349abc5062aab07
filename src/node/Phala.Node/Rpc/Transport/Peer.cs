using System.Net;
using Phala.Node.Rpc.Messages;

namespace Phala.Node.Rpc.Transport;

/// <summary>A TCP connection. Its HTTP requests come one after the other, so that they share one exchange and one limiter.</summary>
internal sealed class Peer(IPAddress remote, bool isRefused) : IDisposable
{
    /// <summary>Whose connection it is.</summary>
    public IPAddress Remote { get; } = remote;

    /// <summary>There are too many connections: its first request is answered with status 429.</summary>
    public bool IsRefused { get; } = isRefused;

    /// <summary>The exchange of its HTTP calls; null before the first.</summary>
    public Exchange? Exchange { get; set; }

    public void Dispose() => Exchange?.Dispose();
}
