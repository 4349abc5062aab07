using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Phala.Node.Options;

namespace Phala.Node.Host;

/// <summary>Where log lines go: standard error, as lines of text or of JSON.</summary>
internal static class NodeLogs
{
    /// <summary>The log; null where the filter can't be read.</summary>
    public static ILoggerFactory? Create(NodeOptions options)
    {
        List<(string? Target, LogLevel Level)> rules = [];
        foreach (string part in options.LogFilter.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] sides = part.Split('=', 2);
            if (!TryReadLevel(sides[^1], out LogLevel level)) return null;
            rules.Add((sides.Length == 2 ? sides[0] : null, level));
        }

        return LoggerFactory.Create(builder =>
        {
            builder.SetMinimumLevel(LogLevel.Information);
            builder.AddFilter("Microsoft", LogLevel.Warning);
            foreach ((string? target, LogLevel level) in rules) builder.AddFilter(target is null ? "Phala" : $"Phala.Node.{target}", level);
            builder.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
            if (options.JsonLog) builder.AddJsonConsole(json => json.TimestampFormat = "O");
            else builder.AddSimpleConsole(Text);
        });
    }

    private static void Text(SimpleConsoleFormatterOptions options)
    {
        options.SingleLine = true;
        options.TimestampFormat = "yyyy-MM-dd HH:mm:ss ";
    }

    private static bool TryReadLevel(string text, out LogLevel level)
    {
        LogLevel? read = text switch
        {
            "error" => LogLevel.Error,
            "warn" => LogLevel.Warning,
            "info" => LogLevel.Information,
            "debug" => LogLevel.Debug,
            "trace" => LogLevel.Trace,
            "off" => LogLevel.None,
            _ => null,
        };
        level = read ?? LogLevel.None;
        return read is not null;
    }
}
