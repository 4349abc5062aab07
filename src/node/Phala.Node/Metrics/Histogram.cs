using System.Text;

namespace Phala.Node.Metrics;

/// <summary>How often values fell below each of several bounds, and their sum. Any thread may observe.</summary>
public sealed class Histogram : MetricSeries
{
    private readonly double[] _bounds;
    private readonly long[] _counts;
    private double _sum;

    internal Histogram(double[] bounds)
    {
        for (int at = 1; at < bounds.Length; at++)
        {
            if (bounds[at] <= bounds[at - 1]) throw new ArgumentException("The bounds must ascend.", nameof(bounds));
        }

        _bounds = bounds;
        _counts = new long[bounds.Length + 1];
    }

    /// <summary>How many values were observed.</summary>
    public long Count
    {
        get
        {
            long count = 0;
            for (int at = 0; at < _counts.Length; at++) count += Interlocked.Read(ref _counts[at]);
            return count;
        }
    }

    /// <summary>The sum of the values.</summary>
    public double Sum => Volatile.Read(ref _sum);

    /// <summary>A histogram has many lines: they are written once there is something in them.</summary>
    internal override bool IsUsed => Count > 0;

    /// <summary>Takes a value.</summary>
    public void Observe(double value)
    {
        int bucket = 0;
        while (bucket < _bounds.Length && value > _bounds[bucket]) bucket++;
        Interlocked.Increment(ref _counts[bucket]);
        double seen = Volatile.Read(ref _sum);
        while (true)
        {
            double found = Interlocked.CompareExchange(ref _sum, seen + value, seen);
            if (found.Equals(seen)) return;
            seen = found;
        }
    }

    internal override void Write(StringBuilder text, string name, string labels)
    {
        string before = labels.Length > 0 ? labels + "," : "";
        long below = 0;
        for (int at = 0; at < _counts.Length; at++)
        {
            below += Interlocked.Read(ref _counts[at]);
            double bound = at < _bounds.Length ? _bounds[at] : double.PositiveInfinity;
            WriteSample(text, name + "_bucket", $"{before}le=\"{Format(bound)}\"", below);
        }

        WriteSample(text, name + "_sum", labels, Sum);
        WriteSample(text, name + "_count", labels, below);
    }
}
