using System.Globalization;
using System.Text;

namespace Phala.Node.Metrics;

/// <summary>One series of values.</summary>
public abstract class MetricSeries
{
    private protected MetricSeries()
    {
    }

    /// <summary>Whether a series with labels is written.</summary>
    internal virtual bool IsUsed => true;

    internal abstract void Write(StringBuilder text, string name, string labels);

    private protected static void WriteSample(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0) text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Format(value)).Append('\n');
    }

    private protected static string Format(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);
}
