using System.Text;

namespace Phala.Node.Metrics;

/// <summary>A number that goes up and down. Any thread may set it.</summary>
public sealed class Gauge : MetricSeries
{
    private double _value;

    internal Gauge()
    {
    }

    /// <summary>The number.</summary>
    public double Value
    {
        get => Volatile.Read(ref _value);
        set => Volatile.Write(ref _value, value);
    }

    internal override void Write(StringBuilder text, string name, string labels) => WriteSample(text, name, labels, Value);
}
