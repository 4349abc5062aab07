using System.Text;

namespace Phala.Node.Metrics;

/// <summary>
/// The node's metrics, written in Prometheus' text format 0.0.4. Every metric is registered once, under its full name; registering a name twice is a bug of the
/// composition and throws. Series are made beforehand from known label values, never from what a stranger sent.
/// </summary>
public sealed class MetricRegistry
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, Metric> _metrics = new(StringComparer.Ordinal);
    private readonly List<Action> _collectors = [];

    /// <summary>The content type of what <see cref="Write"/> gives.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>A counter without labels.</summary>
    public Counter Counter(string name, string help) => Counters(name, help).With();

    /// <summary>Counters told apart by labels.</summary>
    public MetricFamily<Counter> Counters(string name, string help, params string[] labels) => Add(new MetricFamily<Counter>(name, help, "counter", labels, () => new Counter()));

    /// <summary>A gauge without labels.</summary>
    public Gauge Gauge(string name, string help) => Gauges(name, help).With();

    /// <summary>Gauges told apart by labels.</summary>
    public MetricFamily<Gauge> Gauges(string name, string help, params string[] labels) => Add(new MetricFamily<Gauge>(name, help, "gauge", labels, () => new Gauge()));

    /// <summary>A histogram without labels.</summary>
    /// <param name="name">The full name.</param>
    /// <param name="help">What it counts, with the unit.</param>
    /// <param name="bounds">The buckets' upper bounds, ascending; one for everything above is added.</param>
    public Histogram Histogram(string name, string help, double[] bounds) => Histograms(name, help, bounds).With();

    /// <summary>Histograms told apart by labels.</summary>
    public MetricFamily<Histogram> Histograms(string name, string help, double[] bounds, params string[] labels) =>
        Add(new MetricFamily<Histogram>(name, help, "histogram", labels, () => new Histogram(bounds)));

    /// <summary>Runs this before every writing, to set gauges to what they measure.</summary>
    public void OnCollect(Action collector)
    {
        lock (_lock) _collectors.Add(collector);
    }

    /// <summary>All metrics, by name.</summary>
    public string Write()
    {
        Action[] collectors;
        Metric[] metrics;
        lock (_lock)
        {
            collectors = [.. _collectors];
            metrics = [.. _metrics.Values];
        }

        foreach (Action collector in collectors) collector();
        StringBuilder text = new();
        foreach (Metric metric in metrics) metric.Write(text);
        return text.ToString();
    }

    private T Add<T>(T metric)
        where T : Metric
    {
        lock (_lock)
        {
            if (!_metrics.TryAdd(metric.Name, metric)) throw new ArgumentException($"{metric.Name} is registered twice.", nameof(metric));
        }

        return metric;
    }
}
