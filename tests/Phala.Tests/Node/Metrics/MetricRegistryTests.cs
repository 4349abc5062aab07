using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Phala.Node.Metrics;
using Xunit;

namespace Phala.Tests.Node.Metrics;

/// <summary>Metrics in Prometheus' text format.</summary>
public sealed class MetricRegistryTests
{
    [Fact]
    public void MetricsAreWrittenInTheTextFormat()
    {
        MetricRegistry registry = new();
        MetricFamily<Gauge> height = registry.Gauges("substrate_block_height", "Block height\nof the \\chain", "status");
        height.With("best").Value = 12;
        height.With("final\"ized\\\n").Value = 1.5;
        registry.Counter("a_total", "Counts").Add(3);
        MetricFamily<Counter> calls = registry.Counters("calls", "Calls", "kind", "result");
        calls.With("x", "y").Increment();
        calls.With("x", "z");
        Histogram time = registry.Histogram("time", "Seconds", [0.5, 1, 10]);
        foreach (double value in (double[])[0.5, 0.75, 20, 1.0]) time.Observe(value);
        registry.Histograms("idle", "Never observed", [1], "kind").With("x");
        Assert.Equal(
            """
            # HELP a_total Counts
            # TYPE a_total counter
            a_total 3
            # HELP calls Calls
            # TYPE calls counter
            calls{kind="x",result="y"} 1
            # HELP idle Never observed
            # TYPE idle histogram
            # HELP substrate_block_height Block height\nof the \\chain
            # TYPE substrate_block_height gauge
            substrate_block_height{status="best"} 12
            substrate_block_height{status="final\"ized\\\n"} 1.5
            # HELP time Seconds
            # TYPE time histogram
            time_bucket{le="0.5"} 1
            time_bucket{le="1"} 3
            time_bucket{le="10"} 3
            time_bucket{le="+Inf"} 4
            time_sum 22.25
            time_count 4

            """,
            registry.Write());
    }

    [Fact]
    public void MistakesOfTheCompositionThrow()
    {
        MetricRegistry registry = new();
        registry.Counter("a", "");
        Assert.Throws<ArgumentException>(() => registry.Gauge("a", ""));
        Assert.Throws<ArgumentException>(() => registry.Counter("1a", ""));
        Assert.Throws<ArgumentException>(() => registry.Counter("a b", ""));
        Assert.Throws<ArgumentException>(() => registry.Counters("b", "", "x-y"));
        Assert.Throws<ArgumentException>(() => registry.Counters("c", "", "x").With());
        Assert.Throws<ArgumentException>(() => registry.Histogram("d", "", [1, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => registry.Counter("e", "").Add(-1));
    }

    [Fact]
    public void ManyThreadsLoseNothing()
    {
        MetricRegistry registry = new();
        Counter counter = registry.Counter("counter", "");
        Histogram histogram = registry.Histogram("histogram", "", [5]);
        Parallel.For(0, 8, _ =>
        {
            for (int round = 0; round < 20_000; round++)
            {
                counter.Increment();
                histogram.Observe(round % 10);
            }
        });
        Assert.Equal(160_000, counter.Value);
        Assert.Equal(160_000, histogram.Count);
        Assert.Equal(160_000 * 4.5, histogram.Sum);
    }

    [Fact]
    public async Task PrometheusGetsThemAtMetrics()
    {
        MetricRegistry registry = new();
        ProcessMetrics.Register(registry, "phala-node", "1.2.3");
        int collected = 0;
        registry.OnCollect(() => collected++);
        await using MetricsServer server = await MetricsServer.StartAsync(new IPEndPoint(IPAddress.Loopback, 0), registry, NullLoggerFactory.Instance);
        using HttpClient client = new() { BaseAddress = new Uri($"http://{server.EndPoint}/") };
        using HttpResponseMessage response = await client.GetAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Contains("substrate_build_info{name=\"phala-node\",version=\"1.2.3\"} 1\n", text, StringComparison.Ordinal);
        Assert.Matches("substrate_process_start_time_seconds [0-9]{10}", text);
        Assert.Matches("process_resident_memory_bytes [1-9][0-9]+", text);
        Assert.Equal(1, collected);
        using HttpResponseMessage missing = await client.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }
}
