using System.Collections.Concurrent;

namespace Phala.Node.Rpc.Transport;

/// <summary>The open WebSockets of a server.</summary>
internal sealed class SessionTable
{
    private readonly ConcurrentDictionary<WebSocketConnection, bool> _connections = [];

    /// <summary>How many are open.</summary>
    public int Count => _connections.Count;

    /// <summary>Serves a connection until it ends.</summary>
    public async Task RunAsync(WebSocketConnection connection)
    {
        _connections[connection] = true;
        try
        {
            await connection.RunAsync().ConfigureAwait(false);
        }
        finally
        {
            _connections.TryRemove(connection, out _);
        }
    }

    /// <summary>Cuts off those whose readers take nothing.</summary>
    public void CheckReaders()
    {
        foreach (WebSocketConnection connection in _connections.Keys) connection.CheckReader();
    }

    /// <summary>Says goodbye to all.</summary>
    public Task CloseAsync() => Task.WhenAll(_connections.Keys.Select(connection => connection.CloseAsync()));
}
