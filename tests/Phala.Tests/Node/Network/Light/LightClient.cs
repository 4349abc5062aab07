using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Phala.Codec;
using Phala.Testing;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Node.Network.Light;

/// <summary>smoldot, as npm has it, in a process of its own, doing what the test asks.</summary>
internal sealed class LightClient : IDisposable
{
    /// <summary>Only against a test that would never end.</summary>
    private static readonly TimeSpan SafetyNet = TimeSpan.FromSeconds(25);

    private readonly Process _process = NodeJs.Open("light-client.mjs");
    private readonly StringBuilder _log = new();

    public LightClient()
    {
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_log) _log.AppendLine(line.Data);
        };
        _process.BeginErrorReadLine();
    }

    /// <summary>What it says beside its answers.</summary>
    public string Log
    {
        get
        {
            lock (_log) return _log.ToString();
        }
    }

    public Task AddAsync(string spec) => AskAsync(new JsonObject { ["do"] = "add", ["spec"] = spec });

    public Task<JsonElement> CallAsync(string method, params JsonArray parameters) => AskAsync(new JsonObject { ["do"] = "rpc", ["method"] = method, ["params"] = parameters });

    /// <summary>An operation on a block that the client follows, and its events.</summary>
    public Task<JsonElement> OperateAsync(string method, params JsonArray parameters) => AskAsync(new JsonObject { ["do"] = "operate", ["method"] = method, ["params"] = parameters });

    /// <summary>Waits until the client has seen a block: <c>newBlock</c> or <c>finalized</c>.</summary>
    public Task UntilAsync(string seen, Hash256 block) => AskAsync(new JsonObject { ["do"] = "until", ["event"] = seen, ["hash"] = Hex.Format(block.AsSpan()) });

    public Task SubmitAsync(string extrinsic) => AskAsync(new JsonObject { ["do"] = "submit", ["extrinsic"] = extrinsic });

    public Task<JsonElement> StatusAsync(string extrinsic, string status) => AskAsync(new JsonObject { ["do"] = "status", ["extrinsic"] = extrinsic, ["status"] = status });

    /// <summary>Waits for something that the client brings about.</summary>
    public async Task<T> OrTimeoutAsync<T>(Task<T> task)
    {
        try
        {
            return await task.WaitAsync(SafetyNet);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"It did not come. {Log}");
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private async Task<JsonElement> AskAsync(JsonObject command)
    {
        string text = command.ToJsonString();
        await _process.StandardInput.WriteLineAsync(text);
        await _process.StandardInput.FlushAsync();
        string? line = await OrTimeoutAsync(_process.StandardOutput.ReadLineAsync());
        Assert.False(line is null, Log);
        JsonElement answer = JsonDocument.Parse(line!).RootElement;
        Assert.True(answer.TryGetProperty("result", out JsonElement result), $"{line} {Log}");
        return result;
    }
}
