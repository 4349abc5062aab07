using System.Net;
using Microsoft.Extensions.Logging;
using Phala.Node.Http;
using Phala.Node.Rpc.Messages;
using Phala.Node.Rpc.Transport;

namespace Phala.Node.Rpc;

/// <summary>
/// The JSON-RPC server: HTTP and WebSocket on one port. What it answers is the registry's; here are the rules of the transport, the limits and the counting.
/// <code>
/// await using RpcServer server = await RpcServer.StartAsync(options, registry, services);
/// </code>
/// </summary>
public sealed class RpcServer : IAsyncDisposable
{
    /// <summary>So many connections beyond the limit are told that there are too many; further ones are closed without a word.</summary>
    private const int ToldOff = 32;

    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);
    private readonly HttpServer _server;
    private readonly HttpEndpoint _endpoint;
    private readonly SessionTable _sessions;
    private readonly ITimer _timer;

    private RpcServer(HttpServer server, HttpEndpoint endpoint, SessionTable sessions, ITimer timer)
    {
        _server = server;
        _endpoint = endpoint;
        _sessions = sessions;
        _timer = timer;
    }

    /// <summary>The address with the port that was taken.</summary>
    public IPEndPoint EndPoint => _server.EndPoint;

    /// <summary>How many connections are open, HTTP and WebSocket.</summary>
    public int Connections => _endpoint.Connections;

    /// <summary>How many WebSockets are open.</summary>
    public int Sessions => _sessions.Count;

    /// <summary>Starts a server. A port that is taken is an <see cref="IOException"/>.</summary>
    /// <param name="options">Address and limits.</param>
    /// <param name="registry">The methods; what is registered later is not answered.</param>
    /// <param name="services">Clock, log, metrics and randomness.</param>
    public static async Task<RpcServer> StartAsync(RpcOptions options, RpcRegistry registry, RpcServices services)
    {
        MethodTable methods = registry.Freeze();
        RpcMetrics metrics = new(services.Metrics, methods.Names);
        ILogger log = services.Logs.CreateLogger("rpc");
        SessionTable sessions = new();
        Dispatcher dispatcher = new(methods, options, metrics, services.Time, log);
        HttpEndpoint endpoint = new(options, services, metrics, dispatcher, sessions, log);
        HttpServer server = await HttpServer.StartAsync(options.Listen, endpoint.HandleAsync, services.Logs, limits =>
        {
            limits.MaxConcurrentConnections = (long)options.MaxConnections + ToldOff;
            limits.MaxRequestBodySize = null; // bounded by the endpoint, which answers in JSON
            limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        }, endpoint.OnConnectionAsync).ConfigureAwait(false);
        ITimer timer = services.Time.CreateTimer(static state => ((SessionTable)state!).CheckReaders(), sessions, CheckInterval, CheckInterval);
        RpcLog.Started(log, server.EndPoint.ToString(), options.Origins.ToString(), options.Methods);
        return new RpcServer(server, endpoint, sessions, timer);
    }

    /// <summary>Takes no more connections, says goodbye to the open ones and waits for what is under way, until the token is cancelled.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        Task stopping = _server.StopAsync(cancellation);
        await _sessions.CloseAsync().ConfigureAwait(false);
        await stopping.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        await _server.DisposeAsync().ConfigureAwait(false);
    }
}
