using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Phala.Node.Rpc;
using Xunit;
using static Phala.Tests.Node.Rpc.CallTests;

namespace Phala.Tests.Node.Rpc;

/// <summary>Each limit at its last good value and one beyond, over HTTP and WebSocket.</summary>
public sealed class LimitTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ARequestMayBeAsLongAsTheLimit(bool overWebSocket)
    {
        string fits = Padded(2000), tooLong = Padded(2001);
        await using TestServer server = await TestServer.StartAsync(new RpcOptions { MaxRequestSize = 2000 });
        await using Wire wire = await Wire.OpenAsync(server, overWebSocket);
        Assert.Equal(Result("5"), await wire.CallAsync(fits));
        string refused = WithData(-32007, "Request is too big", "Exceeded max limit of 2000", "null");
        Assert.Equal(refused, await wire.CallAsync(tooLong));
        Assert.Equal(refused, await wire.CallAsync(Padded(100_000)));
        Assert.Equal(Result("5"), await wire.CallAsync(fits));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await server.SendAsync(tooLong)).Status);
    }

    [Fact]
    public async Task ABodyOfUnknownLengthIsBoundedWhileItIsRead()
    {
        await using TestServer server = await TestServer.StartAsync(new RpcOptions { MaxRequestSize = 2000 });
        Assert.Contains("-32007", await ChunkedAsync(server, Padded(2001)), StringComparison.Ordinal);
        Assert.Contains("413", await ChunkedAsync(server, Padded(200_000)), StringComparison.Ordinal);
        Assert.Contains("\"result\":5", await ChunkedAsync(server, Padded(2000)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFragmentedMessageIsBoundedAsAWhole()
    {
        await using TestServer server = await TestServer.StartAsync(new RpcOptions { MaxRequestSize = 2000 });
        using TestSocket socket = await server.ConnectAsync();
        await SendFragmentsAsync(socket.Socket, Padded(2000), 7);
        Assert.Equal(Result("5"), await socket.ReceiveAsync());
        await SendFragmentsAsync(socket.Socket, Padded(2001), 700);
        Assert.Contains("-32007", await socket.ReceiveAsync(), StringComparison.Ordinal);
        await SendFragmentsAsync(socket.Socket, Padded(300_000), 30_000);
        Assert.Contains("-32007", await socket.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal(Result("5"), await socket.CallAsync(Padded(1000)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AResponseMayBeAsLongAsTheLimit(bool overWebSocket)
    {
        await using TestServer server = await TestServer.StartAsync(new RpcOptions { MaxResponseSize = 1000 });
        await using Wire wire = await Wire.OpenAsync(server, overWebSocket);
        int around = Result("\"\"").Length;
        string longest = new('x', 1000 - around);
        Assert.Equal(Result($"\"{longest}\""), await wire.CallAsync(Request("test_text", $"[{longest.Length}]")));
        string refused = WithData(-32008, "Response is too big", "Exceeded max limit of 1000");
        Assert.Equal(refused, await wire.CallAsync(Request("test_text", $"[{longest.Length + 1}]")));
        Assert.Equal(refused, await wire.CallAsync(Request("test_text", "[1000000]")));
        Assert.Equal(Result("5"), await wire.CallAsync(Request("test_add", "[2,3]")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ABatchMayHaveAsManyRequestsAsTheLimit(bool overWebSocket)
    {
        await using TestServer server = await TestServer.StartAsync(new RpcOptions { MaxBatchLength = 3, MaxResponseSize = 1000 });
        await using Wire wire = await Wire.OpenAsync(server, overWebSocket);
        string one = Request("test_add", "[2,3]");
        Assert.Equal($"[{Result("5")},{Result("5")},{Result("5")}]", await wire.CallAsync($"[{one},{one},{one}]"));
        Assert.Equal(WithData(-32010, "The batch request was too large", "Exceeded max limit of 3", "null"), await wire.CallAsync($"[{one},{one},{one},{one}]"));

        string text = Request("test_text", "[450]");
        Assert.StartsWith("[", await wire.CallAsync($"[{text},{text}]"), StringComparison.Ordinal);
        Assert.Equal(WithData(-32011, "The batch response was too large", "Exceeded max limit of 1000", "null"), await wire.CallAsync($"[{text},{text},{one}]"));
    }

    [Fact]
    public async Task BatchesCanBeSwitchedOff()
    {
        await using TestServer server = await TestServer.StartAsync(new RpcOptions { MaxBatchLength = 0 });
        Assert.Equal(Error(-32005, "Batched requests are not supported by this server", "null"), await server.PostAsync($"[{Request("test_add", "[2,3]")}]"));
        Assert.Equal(Result("5"), await server.PostAsync(Request("test_add", "[2,3]")));
    }

    [Theory]
    [InlineData(62, true)]
    [InlineData(63, true)]
    [InlineData(64, false)]
    [InlineData(100_000, false)]
    public async Task NestingIsBounded(int depth, bool fits)
    {
        await using TestServer server = await TestServer.StartAsync();
        string nested = $$"""{"jsonrpc":"2.0","id":1,"method":"test_add","params":[2,3],"more":{{new string('[', depth)}}{{new string(']', depth)}}}""";
        Assert.Equal(fits ? Result("5") : Error(-32700, "Parse error", "null"), await server.PostAsync(nested));
    }

    [Fact]
    public async Task OneConnectionMoreThanTheLimitIsToldSo()
    {
        await using TestServer server = await TestServer.StartAsync(new RpcOptions { MaxConnections = 2 });
        using TestSocket first = await server.ConnectAsync();
        TestSocket second = await server.ConnectAsync();
        Assert.Equal(Result("5"), await second.CallAsync(Request("test_add", "[2,3]")));
        await TestServer.UntilAsync(() => server.Server.Connections == 2, "both count");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await server.SendAsync(Request("test_add", "[2,3]"))).Status);
        Assert.Equal(Result("5"), await first.CallAsync(Request("test_add", "[2,3]")));

        await second.CloseAsync();
        second.Dispose();
        await TestServer.UntilAsync(() => server.Server.Connections == 1, "one is gone");
        Assert.Equal(Result("5"), await server.PostAsync(Request("test_add", "[2,3]")));
    }

    [Fact]
    public async Task CallsBeyondTheRateWaitOrAreRefused()
    {
        ManualTime time = new();
        await using TestServer server = await TestServer.StartAsync(new RpcOptions { CallsPerMinute = 3 }, services: new RpcServices { Time = time });
        string one = Request("test_add", "[2,3]"), many = string.Join(',', Enumerable.Repeat(one, 4));
        string refused = Error(-32999, "RPC rate limit exceeded");
        using TestSocket socket = await server.ConnectAsync();
        Assert.Equal($"[{Result("5")},{Result("5")},{Result("5")},{refused}]", await socket.CallAsync($"[{many}]"));
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(Result("5"), await socket.CallAsync(one));
        Assert.Equal(refused, await socket.CallAsync(one));

        // A turn that comes within five seconds is waited for.
        time.Advance(TimeSpan.FromSeconds(16));
        await socket.SendAsync(one);
        Task<string?> reply = socket.ReceiveAsync();
        await TestServer.UntilAsync(() => time.Waiting > 0, "the call waits for its turn");
        Assert.False(reply.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(Result("5"), await reply);

        // Every connection has its own rate.
        using TestSocket other = await server.ConnectAsync();
        Assert.Equal(Result("5"), await other.CallAsync(one));
        Assert.Contains("is_error=\"true\",is_rate_limited=\"true\"} 2\n", server.Metrics.Write(), StringComparison.Ordinal);
        Assert.Contains("is_error=\"false\",is_rate_limited=\"true\"} 1\n", server.Metrics.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TrustedNetworksHaveNoRate()
    {
        RpcOptions options = new() { CallsPerMinute = 1, UnlimitedNetworks = [IPNetwork.Parse("127.0.0.0/8")], TrustProxyHeaders = true };
        await using TestServer server = await TestServer.StartAsync(options, services: new RpcServices { Time = new ManualTime() });
        string batch = $"[{Request("test_add", "[2,3]")},{Request("test_add", "[2,3]")}]";
        Assert.DoesNotContain("-32999", await server.PostAsync(batch), StringComparison.Ordinal);
        using HttpClient proxied = new() { BaseAddress = server.Http.BaseAddress };
        proxied.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7, 127.0.0.1");
        using StringContent content = new(batch, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await proxied.PostAsync(new Uri("/", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Contains("-32999", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    // A request of exactly so many bytes.
    private static string Padded(int length)
    {
        const string start = """{"jsonrpc":"2.0","id":1,"method":"test_add","params":[2,3],"pad":" """, end = "\"}";
        return start + new string('x', length - start.Length - end.Length) + end;
    }

    private static string WithData(int code, string message, string data, string id = "1") =>
        $$$"""{"jsonrpc":"2.0","id":{{{id}}},"error":{"code":{{{code}}},"message":"{{{message}}}","data":"{{{data}}}"}}""";

    private static async Task SendFragmentsAsync(WebSocket socket, string text, int size)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        for (int at = 0; at < bytes.Length; at += size)
        {
            int length = Math.Min(size, bytes.Length - at);
            await socket.SendAsync(bytes.AsMemory(at, length), WebSocketMessageType.Text, at + length == bytes.Length, TestContext.Current.CancellationToken);
        }
    }

    // Sends a body in chunks over a bare connection and gives all that comes back.
    private static async Task<string> ChunkedAsync(TestServer server, string body)
    {
        using TcpClient client = new();
        await client.ConnectAsync(server.Server.EndPoint, TestContext.Current.CancellationToken);
        NetworkStream stream = client.GetStream();
        StringBuilder request = new("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
        for (int at = 0; at < body.Length; at += 500)
        {
            string chunk = body[at..Math.Min(at + 500, body.Length)];
            request.Append(CultureInfo.InvariantCulture, $"{chunk.Length:x}\r\n{chunk}\r\n");
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(request.Append("0\r\n\r\n").ToString()), TestContext.Current.CancellationToken);
        using StreamReader reader = new(stream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
