using System.Text.Json;
using Xunit;

namespace Phala.Tests.Node.Rpc.Methods;

/// <summary>Calls over a WebSocket, and keeps the notifications that come in between.</summary>
internal sealed class Caller(TestSocket socket) : IDisposable
{
    private readonly List<JsonElement> _notifications = [];
    private int _id;

    public TestSocket Socket => socket;

    /// <summary>The result of a call that succeeds, as JSON.</summary>
    public async Task<JsonElement> CallAsync(string method, params object?[] parameters)
    {
        JsonElement reply = await ReplyAsync(method, JsonSerializer.Serialize(parameters));
        Assert.True(reply.TryGetProperty("result", out JsonElement result), reply.ToString());
        return result;
    }

    /// <summary>The result as text.</summary>
    public async Task<string> TextAsync(string method, params object?[] parameters) => (await CallAsync(method, parameters)).GetRawText();

    /// <summary>The error of a call that fails, as "code: message: data".</summary>
    public async Task<string> ErrorAsync(string method, params object?[] parameters)
    {
        JsonElement reply = await ReplyAsync(method, JsonSerializer.Serialize(parameters));
        Assert.True(reply.TryGetProperty("error", out JsonElement error), reply.ToString());
        string data = error.TryGetProperty("data", out JsonElement more) ? ": " + more.GetString() : "";
        return $"{error.GetProperty("code").GetInt32()}: {error.GetProperty("message").GetString()}{data}";
    }

    /// <summary>Begins a subscription.</summary>
    public async Task<string> SubscribeAsync(string method, params object?[] parameters) => (await CallAsync(method, parameters)).GetString()!;

    /// <summary>The next notification of a subscription; its result.</summary>
    public async Task<JsonElement> NextAsync(string subscription)
    {
        while (true)
        {
            int index = _notifications.FindIndex(each => each.GetProperty("params").GetProperty("subscription").GetString() == subscription);
            if (index >= 0)
            {
                JsonElement found = _notifications[index].GetProperty("params");
                _notifications.RemoveAt(index);
                return found.TryGetProperty("result", out JsonElement result) ? result : found.GetProperty("error");
            }

            await ReceiveAsync();
        }
    }

    /// <summary>The next notification as text.</summary>
    public async Task<string> NextTextAsync(string subscription) => (await NextAsync(subscription)).GetRawText();

    /// <summary>The name of the next notification's method, which is left to be read.</summary>
    public async Task<string> PeekMethodAsync()
    {
        while (_notifications.Count == 0) await ReceiveAsync();
        return _notifications[0].GetProperty("method").GetString()!;
    }

    /// <summary>Expects that nothing was told that was not read.</summary>
    public async Task ExpectNothingMoreAsync()
    {
        await CallAsync("system_name");
        await Task.Delay(50, TestContext.Current.CancellationToken);
        await CallAsync("system_name");
        Assert.Empty(_notifications.Select(each => each.ToString()));
    }

    public void Dispose() => socket.Dispose();

    private async Task<JsonElement> ReplyAsync(string method, string parameters)
    {
        int id = ++_id;
        await socket.SendAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}""");
        while (true)
        {
            JsonElement message = await ReceiveAsync();
            if (message.TryGetProperty("id", out JsonElement replied) && replied.GetInt32() == id) return message;
        }
    }

    private async Task<JsonElement> ReceiveAsync()
    {
        string text = await socket.ReceiveAsync() ?? throw new InvalidOperationException("closed");
        using JsonDocument document = JsonDocument.Parse(text);
        JsonElement message = document.RootElement.Clone();
        if (message.TryGetProperty("method", out _)) _notifications.Add(message);
        return message;
    }
}
