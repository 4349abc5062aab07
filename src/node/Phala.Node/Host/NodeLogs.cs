using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Phala.Node.Options;
using Phala.Terminal;

namespace Phala.Node.Host;

/// <summary>Where log lines go: standard error, as lines of text or of JSON.</summary>
internal static class NodeLogs
{
    /// <summary>The log; null where the filter can't be read.</summary>
    public static ILoggerFactory? Create(NodeOptions options)
    {
        if (!TryReadFilter(options.LogFilter, out List<(string? Target, LogLevel Level)> rules)) return null;
        bool hasColor = TerminalFacts.AllowsColor(TerminalFacts.IsErrorTerminal, Environment.GetEnvironmentVariable("NO_COLOR"));
        return LoggerFactory.Create(builder =>
        {
            builder.SetMinimumLevel(LogLevel.Information);
            foreach ((string? target, LogLevel level) in rules)
            {
                if (target is null) builder.SetMinimumLevel(level);
                else builder.AddFilter($"Phala.Node.{target}", level).AddFilter(target, level);
            }

            builder.AddFilter("Microsoft", LogLevel.Warning);
            builder.Services.AddSingleton<ConsoleFormatter>(options.JsonLog ? new JsonLogFormatter(TimeProvider.System) : new TextLogFormatter(TimeProvider.System, hasColor));
            builder.AddConsole(console =>
            {
                console.LogToStandardErrorThreshold = LogLevel.Trace;
                console.FormatterName = options.JsonLog ? JsonLogFormatter.FormatterName : TextLogFormatter.FormatterName;
            });
        });
    }

    /// <summary>Reads a filter: a level for all, or <c>target=level</c>, separated by commas.</summary>
    public static bool TryReadFilter(string filter, out List<(string? Target, LogLevel Level)> rules)
    {
        rules = [];
        foreach (string part in filter.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] sides = part.Split('=', 2);
            if (!TryReadLevel(sides[^1], out LogLevel level)) return false;
            rules.Add((sides.Length == 2 ? sides[0] : null, level));
        }

        return true;
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
