namespace Phala.Tests.Node.Rpc;

/// <summary>Calls over HTTP or over a WebSocket, whichever the test is about.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly TestServer _server;
    private readonly TestSocket? _socket;

    private Wire(TestServer server, TestSocket? socket)
    {
        _server = server;
        _socket = socket;
    }

    public static async Task<Wire> OpenAsync(TestServer server, bool overWebSocket) => new(server, overWebSocket ? await server.ConnectAsync() : null);

    public Task<string> CallAsync(string text) => _socket is null ? _server.PostAsync(text) : _socket.CallAsync(text);

    public ValueTask DisposeAsync()
    {
        _socket?.Dispose();
        return default;
    }
}
