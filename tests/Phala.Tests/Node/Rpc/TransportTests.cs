using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Phala.Node.Rpc;
using Xunit;
using static Phala.Tests.Node.Rpc.CallTests;

namespace Phala.Tests.Node.Rpc;

/// <summary>What surrounds the calls: statuses, origins, hosts, the operator's methods, health, the handshake, the end.</summary>
public sealed class TransportTests
{
    private const string Add = """{"jsonrpc":"2.0","id":1,"method":"test_add","params":[2,3]}""";

    [Theory]
    [InlineData("POST", "application/json", 200)]
    [InlineData("POST", "application/json; charset=utf-8", 200)]
    [InlineData("POST", "APPLICATION/JSON", 200)]
    [InlineData("POST", "text/plain", 415)]
    [InlineData("POST", "application/json-patch", 415)]
    [InlineData("POST", null, 415)]
    [InlineData("GET", null, 405)]
    [InlineData("PUT", "application/json", 405)]
    [InlineData("OPTIONS", null, 200)]
    public async Task OnlyJsonByPostIsACall(string method, string? contentType, int status)
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpRequestMessage request = new(new HttpMethod(method), server.Http.BaseAddress);
        if (method is "POST" or "PUT")
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Add));
            if (contentType is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        using HttpResponseMessage response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)response.StatusCode);
        if (status == 200 && method == "POST")
        {
            Assert.Equal(Result("5"), await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        }
    }

    [Theory]
    [InlineData("http://localhost:3000", true)]
    [InlineData("http://127.0.0.1", true)]
    [InlineData("https://polkadot.js.org", true)]
    [InlineData("https://polkadot.js.org.evil.example", false)]
    [InlineData("http://localhost:3000.evil.example", false)]
    [InlineData("http://localhost.evil.example", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("null", false)]
    public async Task APageCallsFromAnAllowedOrigin(string origin, bool isAllowed)
    {
        await using TestServer server = await TestServer.StartAsync();
        foreach (HttpMethod method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Options])
        {
            using HttpRequestMessage request = new(method, server.Http.BaseAddress);
            request.Headers.Add("Origin", origin);
            if (method == HttpMethod.Options) request.Headers.Add("Access-Control-Request-Headers", "content-type");
            else request.Content = new StringContent(Add, Encoding.UTF8, "application/json");
            using HttpResponseMessage response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(isAllowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Equal(isAllowed ? origin : null, response.Headers.TryGetValues("Access-Control-Allow-Origin", out IEnumerable<string>? values) ? values.Single() : null);
            if (isAllowed && method == HttpMethod.Options) Assert.Equal("content-type", response.Headers.GetValues("Access-Control-Allow-Headers").Single());
        }

        using ClientWebSocket socket = new();
        socket.Options.SetRequestHeader("Origin", origin);
        Exception? refused = await Record.ExceptionAsync(() => socket.ConnectAsync(server.WebSocketAddress, TestContext.Current.CancellationToken));
        Assert.Equal(isAllowed, refused is null);
    }

    [Fact]
    public void OriginsAreMatchedWhole()
    {
        RpcOrigins origins = RpcOrigins.Of("https://App.example/", "http://host:*");
        Assert.True(origins.Allows("https://app.example"));
        Assert.False(origins.Allows("https://app.example:444"));
        Assert.True(origins.Allows("http://host"));
        Assert.True(origins.Allows("http://host:80"));
        Assert.False(origins.Allows("http://host:"));
        Assert.False(origins.Allows("http://host:80a"));
        Assert.True(RpcOrigins.Of("https://a", "all").IsAll);
        Assert.True(RpcOrigins.Of("*").Allows("anything"));
        Assert.Equal("*", RpcOrigins.All.ToString());
    }

    [Theory]
    [InlineData("localhost:9944", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("[::1]:1", 200)]
    [InlineData("evil.example:9944", 403)]
    [InlineData("localhost.evil.example", 403)]
    [InlineData("203.0.113.7", 403)]
    public async Task OnALoopbackAddressTheHostIsThisMachine(string host, int status)
    {
        await using TestServer server = await TestServer.StartAsync();
        Assert.Equal(status, await StatusForHostAsync(server, host));
        await using TestServer open = await TestServer.StartAsync(new RpcOptions { Origins = RpcOrigins.All });
        Assert.Equal(200, await StatusForHostAsync(open, host));
    }

    [Theory]
    [InlineData(RpcMethodPolicy.Auto, null, true)]
    [InlineData(RpcMethodPolicy.Auto, "X-Forwarded-For", false)]
    [InlineData(RpcMethodPolicy.Auto, "Forwarded", false)]
    [InlineData(RpcMethodPolicy.Auto, "X-Real-IP", false)]
    [InlineData(RpcMethodPolicy.Safe, null, false)]
    [InlineData(RpcMethodPolicy.Unsafe, "X-Forwarded-For", true)]
    public async Task TheOperatorsMethodsFollowThePolicy(RpcMethodPolicy policy, string? header, bool isAnswered)
    {
        await using TestServer server = await TestServer.StartAsync(new RpcOptions { Methods = policy });
        string expected = isAnswered ? Result("\"open\"") : Error(-32601, "RPC call is unsafe to be called externally");
        if (policy == RpcMethodPolicy.Auto) Assert.Equal(Result("\"open\""), await server.PostAsync(Request("test_secret", "[]")));
        if (header is not null) server.Http.DefaultRequestHeaders.Add(header, "203.0.113.7");
        Assert.Equal(expected, await server.PostAsync(Request("test_secret", "[]")));
        using ClientWebSocket client = new();
        if (header is not null) client.Options.SetRequestHeader(header, "203.0.113.7");
        await client.ConnectAsync(server.WebSocketAddress, TestContext.Current.CancellationToken);
        using TestSocket socket = new(client);
        Assert.Equal(expected, await socket.CallAsync(Request("test_secret", "[]")));
    }

    [Theory]
    [InlineData(3, false, true, 200)]
    [InlineData(0, false, true, 500)]
    [InlineData(0, false, false, 200)]
    [InlineData(3, true, true, 500)]
    public async Task HealthIsToldByGet(int peers, bool isSyncing, bool shouldHavePeers, int readiness)
    {
        await using TestServer server = await TestServer.StartAsync(services: new RpcServices { Health = () => new RpcHealth(peers, isSyncing, shouldHavePeers) });
        string flag(bool value) => value ? "true" : "false";
        Assert.Equal(
            $$"""{"peers":{{peers}},"isSyncing":{{flag(isSyncing)}},"shouldHavePeers":{{flag(shouldHavePeers)}}}""",
            await server.Http.GetStringAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken));
        using HttpResponseMessage ready = await server.Http.GetAsync(new Uri("/health/readiness", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(readiness, (int)ready.StatusCode);
    }

    [Theory]
    [InlineData("Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "101", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")]
    [InlineData("Connection: Upgrade\r\nSec-WebSocket-Version: 8\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "426", "Sec-WebSocket-Version: 13")]
    [InlineData("Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: c2hvcnQ=", "400", "")]
    [InlineData("Connection: Upgrade\r\nSec-WebSocket-Version: 13", "400", "")]
    [InlineData("Connection: close\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "400", "")]
    public async Task TheHandshakeIsThatOfTheStandard(string headers, string status, string contains)
    {
        await using TestServer server = await TestServer.StartAsync();
        string answer = await RawAsync(server, $"GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n{headers}\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains(contains, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TextThatIsNotUtf8IsNotJson()
    {
        await using TestServer server = await TestServer.StartAsync();
        using ByteArrayContent content = new([.. "{\"jsonrpc\":\"2.0\",\"id\":\""u8, 0xFF, .. "\",\"method\":\"test_add\",\"params\":[2,3]}"u8]);
        content.Headers.ContentType = new("application/json");
        using HttpResponseMessage response = await server.Http.PostAsync(new Uri("/", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal(Error(-32700, "Parse error", "null"), await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ManyCallersAtOnceEachGetTheirOwnReplies()
    {
        await using TestServer server = await TestServer.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(caller => Task.Run(async () =>
        {
            using TestSocket socket = await server.ConnectAsync();
            for (int call = 0; call < 200; call++)
            {
                string request = $$"""{"jsonrpc":"2.0","id":"{{caller}}/{{call}}","method":"test_add","params":[{{caller}},{{call}}]}""";
                string reply = $$"""{"jsonrpc":"2.0","id":"{{caller}}/{{call}}","result":{{caller + call}}}""";
                Assert.Equal(reply, call % 2 == 0 ? await socket.CallAsync(request) : await server.PostAsync(request));
            }
        })));
    }

    [Fact]
    public async Task PipelinedCallsAreAnsweredInOrderAndLaterOnesOvertake()
    {
        await using TestServer server = await TestServer.StartAsync(new RpcOptions { MaxConcurrentCalls = 2 });
        using TestSocket socket = await server.ConnectAsync();
        for (int call = 0; call < 500; call++) await socket.SendAsync(Request("test_add", $"[{call},0]"));
        for (int call = 0; call < 500; call++) Assert.Equal(Result($"{call}"), await socket.ReceiveAsync());

        await socket.SendAsync(Request("test_later", "[400]"));
        await socket.SendAsync(Request("test_add", "[2,3]"));
        Assert.Equal(Result("5"), await socket.ReceiveAsync());
        Assert.Equal(Result("400"), await socket.ReceiveAsync());

        // As many as may be under way; the next request is read when one of them is done.
        await socket.SendAsync(Request("test_later", "[200]"));
        await socket.SendAsync(Request("test_later", "[201]"));
        await socket.SendAsync(Request("test_add", "[2,3]"));
        Assert.NotEqual(Result("5"), await socket.ReceiveAsync());
    }

    [Fact]
    public async Task AThousandConnectionsLeaveNothingBehind()
    {
        List<WeakReference> sessions = [];
        await using TestServer server = await TestServer.StartAsync(more: registry => registry.Method("test_remember", RpcAccess.Safe, (call, result) =>
        {
            lock (sessions) sessions.Add(new WeakReference(call.Session));
            result.WriteNullValue();
            return null;
        }));
        for (int round = 0; round < 50; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(async number =>
            {
                using TestSocket socket = await server.ConnectAsync();
                Assert.Equal(Result("null"), await socket.CallAsync(Request("test_remember", "[]")));
                await socket.CallAsync(Request(TestMethods.Ticks.Subscribe, "[0]"));
                if (number % 2 == 0) await socket.CloseAsync();
            }));
        }

        await TestServer.UntilAsync(() => server.Server.Connections == 0 && server.Server.Sessions == 0, "all connections are gone");
        Assert.Equal(1000, sessions.Count);
        await TestServer.UntilAsync(() => Living(sessions) < 20, "the sessions are collected");
        string metrics = server.Metrics.Write();
        Assert.Contains("substrate_rpc_sessions_opened 1000\n", metrics, StringComparison.Ordinal);
        Assert.Contains("substrate_rpc_sessions_closed 1000\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoIsGoneCancelsHisCalls()
    {
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously), cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestServer server = await TestServer.StartAsync(more: registry => registry.AsyncMethod("test_wait", RpcAccess.Safe, async (call, _) =>
        {
            call.Aborted.Register(() => cancelled.TrySetResult());
            begun.TrySetResult();
            await Task.Delay(Timeout.Infinite, call.Aborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return new RpcError(1, "gone");
        }));
        using (TestSocket socket = await server.ConnectAsync())
        {
            await socket.SendAsync(Request("test_wait", "[]"));
            await begun.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        }

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task StoppingSaysGoodbye()
    {
        await using TestServer server = await TestServer.StartAsync();
        using TestSocket socket = await server.ConnectAsync();
        Assert.Equal(Result("5"), await socket.CallAsync(Add));
        Task stopping = server.Server.StopAsync(TestContext.Current.CancellationToken);
        Assert.Null(await socket.ReceiveAsync());
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, socket.Socket.CloseStatus);
        await socket.CloseAsync();
        await stopping.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(0, server.Server.Sessions);
    }

    [Fact]
    public async Task WhoDoesNotAnswerAPingIsClosed()
    {
        RpcOptions options = new() { PingInterval = TimeSpan.FromMilliseconds(100), PingTimeout = TimeSpan.FromMilliseconds(300) };
        await using TestServer server = await TestServer.StartAsync(options);
        using TestSocket alive = await server.ConnectAsync();
        Task<string?> pending = alive.ReceiveAsync();
        using (TcpClient mute = new())
        {
            await mute.ConnectAsync(server.Server.EndPoint, TestContext.Current.CancellationToken);
            await mute.GetStream().WriteAsync(
                "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"u8.ToArray(),
                TestContext.Current.CancellationToken);
            await TestServer.UntilAsync(() => server.Server.Sessions == 2, "both are there");
            await TestServer.UntilAsync(() => server.Server.Sessions == 1, "the mute one is gone");
        }

        // The other one has answered many pings meanwhile.
        await alive.SendAsync(Add);
        Assert.Equal(Result("5"), await pending);
    }

    [Fact]
    public async Task LongRepliesAndNotificationsKeepTheirOrder()
    {
        SubscriptionSet set = new();
        SubscriptionKind kind = new("test_subscribeSizes", "test_unsubscribeSizes", "test_size");
        await using TestServer server = await TestServer.StartAsync(more: registry => registry.Subscription(kind, RpcAccess.Safe, (_, subscription) =>
        {
            set.Add(subscription);
            return null;
        }));
        using TestSocket socket = await server.ConnectAsync();
        await socket.CallAsync(Request(kind.Subscribe, "[]"));
        int[] sizes = [.. Enumerable.Range(0, 60).Select(number => (number * 7919 % 13) switch { 0 => 400_000, 1 => 40_000, 2 => 32_768, _ => number })];
        foreach (int size in sizes) set.Publish(Encoding.ASCII.GetBytes($"\"{new string('#', size)}\""));
        foreach (int size in sizes) await socket.SendAsync(Request("test_text", $"[{size}]"));
        List<int> notified = [], replied = [];
        for (int message = 0; message < 2 * sizes.Length; message++)
        {
            string text = (await socket.ReceiveAsync())!;
            bool isNotified = text.Contains("test_size", StringComparison.Ordinal);
            (isNotified ? notified : replied).Add(text.Count(character => character == (isNotified ? '#' : 'x')));
        }

        Assert.Equal(sizes, notified);
        Assert.Equal(sizes, replied);
    }

    [Fact]
    public async Task CallsAreCountedUnderSubstratesNames()
    {
        await using TestServer server = await TestServer.StartAsync();
        using TestSocket socket = await server.ConnectAsync();
        await socket.CallAsync(Add);
        await socket.CallAsync(Request("test_throw", "[]"));
        await server.PostAsync($"[{Add},{Add},{Request("made_up_1", "[]")},{Request("made_up_2", "[]")}]");
        string metrics = server.Metrics.Write();
        foreach (string line in (string[])
        [
            "# TYPE substrate_rpc_calls_started counter",
            "substrate_rpc_calls_started{protocol=\"ws\",method=\"test_add\"} 1",
            "substrate_rpc_calls_started{protocol=\"http\",method=\"test_add\"} 2",
            "substrate_rpc_calls_started{protocol=\"http\",method=\"unknown\"} 2",
            "substrate_rpc_calls_finished{protocol=\"http\",method=\"test_add\",is_error=\"false\",is_rate_limited=\"false\"} 2",
            "substrate_rpc_calls_finished{protocol=\"http\",method=\"unknown\",is_error=\"true\",is_rate_limited=\"false\"} 2",
            "substrate_rpc_calls_finished{protocol=\"ws\",method=\"test_throw\",is_error=\"true\",is_rate_limited=\"false\"} 1",
            "substrate_rpc_calls_time_count{protocol=\"http\",method=\"test_add\",is_rate_limited=\"false\"} 2",
            "substrate_rpc_sessions_opened 1",
            "substrate_rpc_sessions_closed 0",
            "phala_rpc_handlers_failed 1",
        ])
        {
            Assert.Contains(line + "\n", metrics, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("made_up", metrics, StringComparison.Ordinal);
    }

    private static int Living(List<WeakReference> sessions)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return sessions.Count(session => session.IsAlive);
    }

    private static async Task<int> StatusForHostAsync(TestServer server, string host)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, server.Http.BaseAddress) { Content = new StringContent(Add, Encoding.UTF8, "application/json") };
        request.Headers.Host = host;
        using HttpResponseMessage response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }

    private static async Task<string> RawAsync(TestServer server, string request)
    {
        using TcpClient client = new();
        await client.ConnectAsync(server.Server.EndPoint, TestContext.Current.CancellationToken);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        byte[] buffer = new byte[4096];
        int length = 0;
        while (!Encoding.ASCII.GetString(buffer, 0, length).Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            int count = await stream.ReadAsync(buffer.AsMemory(length), TestContext.Current.CancellationToken);
            if (count == 0) break;
            length += count;
        }

        return Encoding.ASCII.GetString(buffer, 0, length);
    }
}
