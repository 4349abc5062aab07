using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;

namespace Phala.Node.Http;

/// <summary>
/// Kestrel without a web framework around it: one address, HTTP/1.1, and one handler that works on the request's features. No configuration is read from files or
/// from the environment.
/// </summary>
internal sealed class HttpServer : IAsyncDisposable
{
    private readonly KestrelServer _server;
    private readonly ListenOptions _listen;

    private HttpServer(KestrelServer server, ListenOptions listen)
    {
        _server = server;
        _listen = listen;
    }

    /// <summary>The address with the port that was taken.</summary>
    public IPEndPoint EndPoint => _listen.IPEndPoint!;

    /// <summary>Starts to listen. An address that is taken is an <see cref="IOException"/>.</summary>
    /// <param name="endPoint">The address; port 0 takes a free one.</param>
    /// <param name="handler">Answers each request.</param>
    /// <param name="logs">Where Kestrel logs to.</param>
    /// <param name="limit">Sets Kestrel's limits.</param>
    /// <param name="onConnection">Sees every connection before its first request, and may put features on it; null for none.</param>
    public static async Task<HttpServer> StartAsync(
        IPEndPoint endPoint, Func<IFeatureCollection, Task> handler, ILoggerFactory logs, Action<KestrelServerLimits> limit, Func<ConnectionContext, ConnectionDelegate, Task>? onConnection = null)
    {
        KestrelServerOptions options = new() { AddServerHeader = false };
        limit(options.Limits);
        ListenOptions? listen = null;
        options.Listen(endPoint, each =>
        {
            listen = each;
            each.Protocols = HttpProtocols.Http1;
            if (onConnection is not null) each.Use(next => connection => onConnection(connection, next));
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

    /// <summary>Takes no more connections and waits until the requests under way are answered, or until the token is cancelled.</summary>
    public Task StopAsync(CancellationToken cancellation) => _server.StopAsync(cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource atOnce = new();
        await atOnce.CancelAsync().ConfigureAwait(false);
        await _server.StopAsync(atOnce.Token).ConfigureAwait(false);
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
