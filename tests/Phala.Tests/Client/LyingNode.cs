using System.Net.Http.Json;
using System.Text.Json;

namespace Phala.Tests.Client;

/// <summary>A node between a client and an honest one: it answers as that one does, but for what it lies about. Calls only: it has no news.</summary>
internal sealed class LyingNode : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private readonly Uri _honest;
    private readonly ScriptedServer _server;

    public LyingNode(Uri honest)
    {
        _honest = new UriBuilder(honest) { Scheme = "http" }.Uri;
        _server = new ScriptedServer(peer => peer.AnswerAllAsync(Answer));
    }

    public Uri Address => _server.Address;

    /// <summary>What is asked instead: method and parameters in, parameters out.</summary>
    public Func<string, JsonElement, JsonElement> Ask { get; set; } = static (_, parameters) => parameters;

    /// <summary>What is answered instead: method and the honest result in, a result out.</summary>
    public Func<string, string, string> Tell { get; set; } = static (_, result) => result;

    /// <summary>How often a lie was told.</summary>
    public int Lies { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _http.Dispose();
    }

    private string Answer(string method, JsonElement parameters)
    {
        JsonElement asked = Ask(method, parameters);
        using HttpResponseMessage response = _http.PostAsJsonAsync(_honest, new { jsonrpc = "2.0", id = 1, method, @params = asked }).GetAwaiter().GetResult();
        using JsonDocument document = JsonDocument.Parse(response.Content.ReadAsStringAsync().GetAwaiter().GetResult());
        string honest = document.RootElement.TryGetProperty("result", out JsonElement result) ? result.GetRawText() : "null";
        string told = Tell(method, honest);
        if (told != honest || asked.GetRawText() != parameters.GetRawText()) Lies++;
        return told;
    }
}
