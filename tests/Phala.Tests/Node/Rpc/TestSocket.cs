using System.Net.WebSockets;
using System.Text;
using Xunit;

namespace Phala.Tests.Node.Rpc;

/// <summary>A WebSocket client that sends and receives text.</summary>
internal sealed class TestSocket(ClientWebSocket socket) : IDisposable
{
    private readonly byte[] _buffer = new byte[64 * 1024];

    public ClientWebSocket Socket => socket;

    public Task SendAsync(string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

    /// <summary>The next message; null when the other side has closed.</summary>
    public async Task<string?> ReceiveAsync()
    {
        using MemoryStream message = new();
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            WebSocketReceiveResult result = await socket.ReceiveAsync(_buffer, patience.Token);
            if (result.MessageType == WebSocketMessageType.Close) return null;
            message.Write(_buffer, 0, result.Count);
            if (result.EndOfMessage) return Encoding.UTF8.GetString(message.ToArray());
        }
    }

    public async Task<string> CallAsync(string text)
    {
        await SendAsync(text);
        return await ReceiveAsync() ?? throw new InvalidOperationException("closed");
    }

    public Task CloseAsync() => socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);

    public void Dispose() => socket.Dispose();
}
