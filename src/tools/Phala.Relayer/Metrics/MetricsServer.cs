using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Phala.Relayer.Metrics;

/// <summary>Serves <c>/metrics</c> for Prometheus and <c>/health</c>.</summary>
public sealed class MetricsServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private MetricsServer(WebApplication application) => _application = application;

    /// <summary>Starts one.</summary>
    /// <param name="listen">Where.</param>
    /// <param name="metrics">What.</param>
    public static async Task<MetricsServer> StartAsync(IPEndPoint listen, RelayerMetrics metrics)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(listen));
        WebApplication application = builder.Build();
        application.UseRouting();
        application.MapGet("/metrics", (HttpContext http) =>
        {
            http.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
            return http.Response.WriteAsync(metrics.Write());
        });
        application.MapGet("/health", (HttpContext http) =>
        {
            bool isHealthy = metrics.IsConnected && metrics.Workers.Values.All(answers => answers);
            http.Response.StatusCode = isHealthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            return http.Response.WriteAsync(isHealthy ? "ok\n" : metrics.IsConnected ? "a worker does not answer\n" : "the node does not answer\n");
        });
        await application.StartAsync().ConfigureAwait(false);
        return new MetricsServer(application);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
