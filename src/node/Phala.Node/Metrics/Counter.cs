using System.Text;

namespace Phala.Node.Metrics;

/// <summary>A number that only grows. Any thread may count.</summary>
public sealed class Counter : MetricSeries
{
    private long _value;

    internal Counter()
    {
    }

    /// <summary>The count so far.</summary>
    public long Value => Interlocked.Read(ref _value);

    /// <summary>Counts one.</summary>
    public void Increment() => Interlocked.Increment(ref _value);

    /// <summary>Counts so many.</summary>
    public void Add(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Interlocked.Add(ref _value, count);
    }

    /// <summary>Series that are told apart by labels are many: each is written once it has counted.</summary>
    internal override bool IsUsed => Value > 0;

    internal override void Write(StringBuilder text, string name, string labels) => WriteSample(text, name, labels, Value);
}
