using System.Text;

namespace Phala.Node.Metrics;

/// <summary>A metric under its name, with all its series.</summary>
public abstract class Metric
{
    private protected Metric(string name, string help, string type)
    {
        if (!IsName(name)) throw new ArgumentException($"{name} is no name of a metric.", nameof(name));
        Name = name;
        Help = help;
        Type = type;
    }

    /// <summary>The full name.</summary>
    public string Name { get; }

    /// <summary>What it counts or measures.</summary>
    public string Help { get; }

    /// <summary>Prometheus' word for its kind.</summary>
    public string Type { get; }

    internal abstract void Write(StringBuilder text);

    private protected static bool IsName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');
}
