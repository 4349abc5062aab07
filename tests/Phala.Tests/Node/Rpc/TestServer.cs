using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using Phala.Node.Metrics;
using Phala.Node.Rpc;
using Xunit;

namespace Phala.Tests.Node.Rpc;

/// <summary>A real server on a free port, with a handful of methods, and clients of it.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly HttpClient _http;

    private TestServer(RpcServer server, MetricRegistry metrics)
    {
        Server = server;
        Metrics = metrics;
        _http = new HttpClient { BaseAddress = new Uri($"http://{server.EndPoint}/"), Timeout = TimeSpan.FromSeconds(30) };
    }

    public RpcServer Server { get; }

    public MetricRegistry Metrics { get; }

    public HttpClient Http => _http;

    public Uri WebSocketAddress => new($"ws://{Server.EndPoint}/");

    public static async Task<TestServer> StartAsync(RpcOptions? options = null, Action<RpcRegistry>? more = null, RpcServices? services = null)
    {
        RpcRegistry registry = new();
        TestMethods.Register(registry);
        more?.Invoke(registry);
        services ??= new RpcServices();
        RpcServer server = await RpcServer.StartAsync((options ?? new RpcOptions()) with { Listen = new IPEndPoint(IPAddress.Loopback, 0) }, registry, services);
        return new TestServer(server, services.Metrics);
    }

    /// <summary>Posts this body and gives the reply's.</summary>
    public async Task<string> PostAsync(string body) => (await SendAsync(body)).Body;

    public async Task<(HttpStatusCode Status, string Body)> SendAsync(string body)
    {
        using ByteArrayContent content = new(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using HttpResponseMessage response = await _http.PostAsync(new Uri("/", UriKind.Relative), content, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async Task<TestSocket> ConnectAsync()
    {
        ClientWebSocket socket = new();
        await socket.ConnectAsync(WebSocketAddress, TestContext.Current.CancellationToken);
        return new TestSocket(socket);
    }

    /// <summary>Waits for something that another thread brings about; fails after ten seconds.</summary>
    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        for (int round = 0; round < 1000; round++)
        {
            if (condition()) return;
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"waited in vain until {what}");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
    }
}
