using System.Collections.Concurrent;
using System.Text;

namespace Phala.Node.Metrics;

/// <summary>The series of one metric, told apart by the values of its labels.</summary>
/// <typeparam name="T">What each series is.</typeparam>
public sealed class MetricFamily<T> : Metric
    where T : MetricSeries
{
    private readonly ConcurrentDictionary<string, T> _series = new(StringComparer.Ordinal);
    private readonly string[] _labels;
    private readonly Func<T> _make;

    internal MetricFamily(string name, string help, string type, string[] labels, Func<T> make)
        : base(name, help, type)
    {
        if (labels.FirstOrDefault(label => !IsName(label)) is { } bad) throw new ArgumentException($"{bad} is no name of a label.", nameof(labels));
        _labels = labels;
        _make = make;
    }

    /// <summary>The series with these values, in the order of the labels; made at the first call. To be kept, not looked up again and again.</summary>
    public T With(params ReadOnlySpan<string> values)
    {
        if (values.Length != _labels.Length) throw new ArgumentException($"{Name} has {_labels.Length} labels.", nameof(values));
        StringBuilder key = new();
        for (int at = 0; at < values.Length; at++)
        {
            if (at > 0) key.Append(',');
            key.Append(_labels[at]).Append("=\"").Append(values[at].Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('"');
        }

        return _series.GetOrAdd(key.ToString(), static (_, make) => make(), _make);
    }

    internal override void Write(StringBuilder text)
    {
        text.Append("# HELP ").Append(Name).Append(' ').Append(Help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
        text.Append("# TYPE ").Append(Name).Append(' ').Append(Type).Append('\n');
        foreach ((string labels, T series) in _series.Where(pair => _labels.Length == 0 || pair.Value.IsUsed).OrderBy(pair => pair.Key, StringComparer.Ordinal)) series.Write(text, Name, labels);
    }
}
