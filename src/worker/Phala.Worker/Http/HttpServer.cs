using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;

namespace Phala.Worker.Http;

/// <summary>Kestrel without a web framework around it: one address, HTTP/1.1, one handler. No configuration is read from files or from the environment.</summary>
internal sealed class HttpServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly KestrelServer _server;
    private readonly ListenOptions _listen;

    private HttpServer(KestrelServer server, ListenOptions listen) => (_server, _listen) = (server, listen);

    /// <summary>The address with the port that was taken.</summary>
    public IPEndPoint EndPoint => _listen.IPEndPoint!;

    /// <summary>Starts to listen. An address that is taken is an <see cref="IOException"/>.</summary>
    /// <param name="endPoint">The address; port 0 takes a free one.</param>
    /// <param name="handler">Answers each request.</param>
    /// <param name="maxConnections">The most connections.</param>
    /// <param name="logs">Where Kestrel logs to.</param>
    public static async Task<HttpServer> StartAsync(IPEndPoint endPoint, Func<IFeatureCollection, Task> handler, int maxConnections, ILoggerFactory logs)
    {
        KestrelServerOptions options = new() { AddServerHeader = false };
        options.Limits.MaxConcurrentConnections = maxConnections;
        options.Limits.MaxRequestBodySize = null; // Each method has its own limit.
        options.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        options.Limits.MaxRequestHeaderCount = 64;
        options.Limits.RequestHeadersTimeout = Patience;
        options.Limits.MinRequestBodyDataRate = new MinDataRate(240, Patience);
        options.Limits.MinResponseDataRate = new MinDataRate(240, Patience);
        ListenOptions? listen = null;
        options.Listen(endPoint, each =>
        {
            listen = each;
            each.Protocols = HttpProtocols.Http1;
        });
        KestrelServer server = new(Microsoft.Extensions.Options.Options.Create(options), new SocketTransportFactory(Microsoft.Extensions.Options.Options.Create(new SocketTransportOptions()), logs), logs);
        try
        {
            await server.StartAsync(new Application(handler), CancellationToken.None).ConfigureAwait(false);
        }
        catch
        {
            server.Dispose();
            throw;
        }

        return new HttpServer(server, listen!);
    }

    /// <summary>Takes no more connections, waits a while for the requests under way, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(5));
        await _server.StopAsync(limit.Token).ConfigureAwait(false);
        _server.Dispose();
    }

    private sealed class Application(Func<IFeatureCollection, Task> handler) : IHttpApplication<IFeatureCollection>
    {
        public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

        public Task ProcessRequestAsync(IFeatureCollection context) => handler(context);

        public void DisposeContext(IFeatureCollection context, Exception? exception)
        {
        }
    }
}
