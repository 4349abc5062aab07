using System.Buffers;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Phala.Node.Http;

namespace Phala.Node.Metrics;

/// <summary>Gives the metrics to Prometheus: <c>GET /metrics</c> on a port of its own, 9615 by custom.</summary>
public sealed class MetricsServer : IAsyncDisposable
{
    private const int MaxConnections = 16;
    private readonly HttpServer _server;

    private MetricsServer(HttpServer server) => _server = server;

    /// <summary>The address with the port that was taken.</summary>
    public IPEndPoint EndPoint => _server.EndPoint;

    /// <summary>Starts to listen. A port that is taken is an <see cref="IOException"/>.</summary>
    /// <param name="endPoint">The address; port 0 takes a free one.</param>
    /// <param name="registry">The metrics.</param>
    /// <param name="logs">The log.</param>
    public static async Task<MetricsServer> StartAsync(IPEndPoint endPoint, MetricRegistry registry, ILoggerFactory logs) =>
        new(await HttpServer.StartAsync(endPoint, features => AnswerAsync(features, registry), logs, limits =>
        {
            limits.MaxConcurrentConnections = MaxConnections;
            limits.MaxRequestBodySize = 0;
        }).ConfigureAwait(false));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task AnswerAsync(IFeatureCollection features, MetricRegistry registry)
    {
        IHttpRequestFeature request = features.GetRequiredFeature<IHttpRequestFeature>();
        IHttpResponseFeature response = features.GetRequiredFeature<IHttpResponseFeature>();
        IHttpResponseBodyFeature output = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        bool isFound = request.Path == "/metrics" && request.Method == HttpMethods.Get;
        byte[] text = isFound ? Encoding.UTF8.GetBytes(registry.Write()) : [];
        response.StatusCode = isFound ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
        response.Headers.ContentType = MetricRegistry.ContentType;
        response.Headers.ContentLength = text.Length;
        await output.StartAsync().ConfigureAwait(false);
        output.Writer.Write(text);
    }
}
