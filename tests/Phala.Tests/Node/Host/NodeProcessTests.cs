using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Phala.Tests.Node.Storage;
using Xunit;

namespace Phala.Tests.Node.Host;

/// <summary>The program as operators run it: started, stopped, killed, started again, and told wrong things.</summary>
public sealed class NodeProcessTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task ItStartsStopsAndGoesOnAfterAnInterruptionAndAKill()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are for Unix");
        int last;
        using (NodeProcess node = Start("--block-millisecs", "300"))
        {
            Assert.NotNull(await node.ReadUntilAsync("finalized #2"));
            Assert.Contains(node.Lines, line => line.Contains("Imported #1 (0x", StringComparison.Ordinal));
            Assert.Contains(node.Lines, line => line.Contains("Local node identity is: 12D3KooW", StringComparison.Ordinal));
            Assert.Matches(@"Idle \(0 peers\), best: #\d+ \(0x\w{4}…\w{4}\), finalized #\d+ \(0x", await node.ReadUntilAsync("Idle"));
            Assert.DoesNotContain(node.Lines, line => line.Contains('\e', StringComparison.Ordinal));
            node.Signal("INT");
            Assert.Equal(0, (await node.EndAsync()).Code);
            Assert.Contains("Stopping", node.Lines[^1], StringComparison.Ordinal);
            last = LastFinalized(node);
        }

        // The slot's length is remembered.
        using (NodeProcess node = Start())
        {
            string? begun = await node.ReadUntilAsync("best #");
            Assert.True(NumberAfter(begun!, "best #") >= last, begun);
            last = NumberAfter((await node.ReadUntilAsync("finalized #"))!, "finalized #");
            node.Signal("KILL");
            await node.EndAsync();
        }

        using (NodeProcess node = Start())
        {
            Assert.True(NumberAfter((await node.ReadUntilAsync("best #"))!, "best #") >= last);
            Assert.NotNull(await node.ReadUntilAsync("finalized #"));
            node.Signal("TERM");
            Assert.Equal(0, (await node.EndAsync()).Code);
        }

        using NodeProcess other = Start("--block-millisecs", "400");
        Assert.Equal(1, (await other.EndAsync()).Code);
        Assert.Contains("has slots of 300 ms, and 400 ms are asked for", other.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeysAreKeptOverAStartAndHealthIsTold()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are for Unix");
        int port = NodeProcess.FreePort();
        string keys = "";
        for (int start = 0; start < 2; start++)
        {
            using NodeProcess node = new("--chain", "local", "--base-path", _directory.Path, "--validator", "--no-prometheus", "--rpc-port", $"{port}", "--rpc-methods", "unsafe", "--log-format", "json", "--password", "of the keystore");
            Assert.NotNull(await node.ReadUntilAsync("RPC at ws"));
            using HttpClient http = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            if (start == 0) keys = (await CallAsync(http, "author_rotateKeys")).GetString()!;
            Assert.True((await CallAsync(http, "author_hasSessionKeys", keys)).GetBoolean());
            Assert.Equal("""{"peers":0,"isSyncing":false,"shouldHavePeers":true}""", await http.GetStringAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken));
            using HttpResponseMessage ready = await http.GetAsync(new Uri("/health/readiness", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(500, (int)ready.StatusCode);
            node.Signal("TERM");
            Assert.Equal(0, (await node.EndAsync()).Code);
            foreach (string line in node.Lines)
            {
                using JsonDocument json = JsonDocument.Parse(line);
                Assert.All(["time", "level", "target", "message"], field => Assert.Equal(JsonValueKind.String, json.RootElement.GetProperty(field).ValueKind));
            }
        }

        Assert.Equal(2, Directory.GetFiles(Path.Combine(_directory.Path, "chains", "local_testnet", "keystore")).Length);
    }

    [Fact]
    public async Task APortInUseIsNamedWithTheOptionThatHelps()
    {
        using System.Net.Sockets.TcpListener taken = new(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        string port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        using NodeProcess rpc = new("--dev", "--no-prometheus", "--rpc-port", port);
        Assert.Equal(1, (await rpc.EndAsync()).Code);
        Assert.Contains($"error: RPC can't listen at 127.0.0.1:{port}; --rpc-port chooses another port", rpc.Lines[^1], StringComparison.Ordinal);
        using NodeProcess metrics = new("--dev", "--rpc-port", "0", "--prometheus-port", port);
        Assert.Equal(1, (await metrics.EndAsync()).Code);
        Assert.Contains("--prometheus-port chooses another port", metrics.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFolderThatCanNotBeWrittenIsNamed()
    {
        string inTheWay = Path.Combine(_directory.Path, "file");
        await File.WriteAllTextAsync(inTheWay, "", TestContext.Current.CancellationToken);
        using NodeProcess node = new("--dev", "--base-path", inTheWay, "--no-prometheus", "--rpc-port", "0");
        Assert.Equal(1, (await node.EndAsync()).Code);
        Assert.StartsWith($"error: --base-path {inTheWay} can't be written: ", node.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADamagedPageIsNamedWithTheCommandThatHelps()
    {
        DevChain.Make(_directory.Path, 2);
        string database = Path.Combine(_directory.Path, "chains", "dev", "db", "chain.db");
        byte[] bytes = await File.ReadAllBytesAsync(database, TestContext.Current.CancellationToken);
        bytes[^100] ^= 1;
        await File.WriteAllBytesAsync(database, bytes, TestContext.Current.CancellationToken);
        using NodeProcess node = Start();
        Assert.Equal(1, (await node.EndAsync()).Code);
        Assert.Matches(@"^error: DamagedPage: .*chain\.db, page \d+\. What helps: .*phala-node purge-chain", node.Lines[^1]);
    }

    [Fact]
    public async Task BlocksGoThroughPipes()
    {
        DevChain.Make(_directory.Path, 3);
        using NodeProcess node = new("export-blocks", "-d", _directory.Path);
        (int code, string output) = await node.EndAsync();
        Assert.Equal(0, code);
        Assert.Equal(3, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.All(output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("{\"block\":{\"header\":{", line, StringComparison.Ordinal));
    }

    private static int LastFinalized(NodeProcess node) =>
        NumberAfter(node.Lines.Last(line => line.Contains(" finalized #", StringComparison.Ordinal) && !line.Contains("Idle", StringComparison.Ordinal)), "finalized #");

    private static int NumberAfter(string line, string text)
    {
        string rest = line[(line.IndexOf(text, StringComparison.Ordinal) + text.Length)..];
        return int.Parse(string.Concat(rest.TakeWhile(char.IsAsciiDigit)), CultureInfo.InvariantCulture);
    }

    private static async Task<JsonElement> CallAsync(HttpClient http, string method, params string[] parameters)
    {
        using HttpResponseMessage reply = await http.PostAsJsonAsync("/", new { jsonrpc = "2.0", id = 1, method, @params = parameters }, TestContext.Current.CancellationToken);
        return (await reply.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("result");
    }

    private NodeProcess Start(params string[] more) => new(["--dev", "--base-path", _directory.Path, "--no-prometheus", "--rpc-port", "0", .. more]);
}
