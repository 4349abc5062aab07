using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Phala.Tests.Client;

/// <summary>One client of a <see cref="ScriptedServer"/>, seen from the server.</summary>
internal sealed class ScriptedPeer(WebSocket socket, Socket connection)
{
    private readonly byte[] _buffer = new byte[1 << 20];

    /// <summary>The next request: its number and method.</summary>
    public async Task<(long Id, string Method, JsonElement Parameters)> RequestAsync()
    {
        ValueWebSocketReceiveResult part = await socket.ReceiveAsync(_buffer.AsMemory(), CancellationToken.None);
        if (part.MessageType == WebSocketMessageType.Close) throw new WebSocketException("The client hung up.");
        using JsonDocument document = JsonDocument.Parse(_buffer.AsMemory(0, part.Count));
        JsonElement request = document.RootElement.Clone();
        return (request.GetProperty("id").GetInt64(), request.GetProperty("method").GetString()!, request.GetProperty("params"));
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(byte[] bytes, bool isEnd = true) => await socket.SendAsync(bytes, WebSocketMessageType.Text, isEnd, CancellationToken.None);

    public Task AnswerAsync(long id, string result) => SendAsync($$"""{"jsonrpc":"2.0","id":{{id}},"result":{{result}}}""");

    public Task FailAsync(long id, string error) => SendAsync($$"""{"jsonrpc":"2.0","id":{{id}},"error":{{error}}}""");

    public Task NotifyAsync(string subscription, string result) =>
        SendAsync($$$"""{"jsonrpc":"2.0","method":"news","params":{"subscription":{{{subscription}}},"result":{{{result}}}}}""");

    /// <summary>Answers every request with what the test has for its method, for ever.</summary>
    public async Task AnswerAllAsync(Func<string, JsonElement, string> results)
    {
        while (true)
        {
            (long id, string method, JsonElement parameters) = await RequestAsync();
            await AnswerAsync(id, results(method, parameters));
        }
    }

    /// <summary>Closes as the protocol says.</summary>
    public Task CloseAsync(string why) => socket.CloseAsync(WebSocketCloseStatus.PolicyViolation, why, CancellationToken.None);

    /// <summary>Breaks the connection.</summary>
    public void Reset()
    {
        connection.LingerState = new LingerOption(true, 0);
        connection.Close();
    }

    /// <summary>Reads until the client is gone.</summary>
    public async Task DrainAsync()
    {
        while ((await socket.ReceiveAsync(_buffer.AsMemory(), CancellationToken.None)).MessageType != WebSocketMessageType.Close)
        {
        }
    }
}
