using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Phala.Tests.Client;

/// <summary>A server that speaks WebSocket and otherwise does what the test says, good or bad.</summary>
internal sealed partial class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _running;

    public ScriptedServer(Func<ScriptedPeer, Task> script)
    {
        _listener.Start();
        _running = Task.Run(() => ServeAsync(script));
    }

    public Uri Address => new($"ws://{_listener.LocalEndpoint}/");

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _running;
    }

    private async Task ServeAsync(Func<ScriptedPeer, Task> script)
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync();
                NetworkStream stream = client.GetStream();
                await ShakeHandsAsync(stream);
                using WebSocket socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
                await script(new ScriptedPeer(socket, client.Client));
            }
        }
        catch (Exception exception) when (exception is SocketException or IOException or WebSocketException or ObjectDisposedException)
        {
            // The test is over, or the client hung up.
        }
    }

    private static async Task ShakeHandsAsync(NetworkStream stream)
    {
        byte[] buffer = new byte[4096];
        int length = 0;
        while (!Encoding.ASCII.GetString(buffer, 0, length).EndsWith("\r\n\r\n", StringComparison.Ordinal)) length += await stream.ReadAsync(buffer.AsMemory(length));
        string key = Key().Match(Encoding.ASCII.GetString(buffer, 0, length)).Groups[1].Value;
#pragma warning disable CA5350 // RFC 6455 wants SHA-1.
        string accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"));
    }

    [GeneratedRegex("Sec-WebSocket-Key: (\\S+)", RegexOptions.IgnoreCase)]
    private static partial Regex Key();
}
