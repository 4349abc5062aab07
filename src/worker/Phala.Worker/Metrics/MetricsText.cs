using System.Globalization;
using System.Text;

namespace Phala.Worker.Metrics;

/// <summary>Writes metrics in Prometheus' text format 0.0.4.</summary>
internal sealed class MetricsText
{
    private readonly StringBuilder _text = new();

    /// <summary>A number that goes up and down.</summary>
    public MetricsText Gauge(string name, string help, double value) => Family(name, help, "gauge").Sample(name, "", value);

    /// <summary>A number that only grows.</summary>
    public MetricsText Counter(string name, string help, double value) => Family(name, help, "counter").Sample(name, "", value);

    /// <summary>Numbers that are told apart by one label.</summary>
    public MetricsText Family(string name, string help, string type, string label, IEnumerable<(string Value, double Number)> samples)
    {
        Family(name, help, type);
        foreach ((string value, double number) in samples) Sample(name, $"{{{label}=\"{value}\"}}", number);
        return this;
    }

    /// <summary>How many values fell below each bound.</summary>
    public MetricsText Histogram(string name, string help, IReadOnlyList<(double Bound, long Count)> buckets, double sum, long count)
    {
        Family(name, help, "histogram");
        foreach ((double bound, long below) in buckets) Sample(name + "_bucket", $"{{le=\"{bound.ToString("R", CultureInfo.InvariantCulture)}\"}}", below);
        return Sample(name + "_bucket", "{le=\"+Inf\"}", count).Sample(name + "_sum", "", sum).Sample(name + "_count", "", count);
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private MetricsText Family(string name, string help, string type)
    {
        _text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
        return this;
    }

    private MetricsText Sample(string name, string labels, double value)
    {
        _text.Append(name).Append(labels).Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
        return this;
    }
}
