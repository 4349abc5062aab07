using Microsoft.Extensions.Logging;
using Phala.Worker.Options;

namespace Phala.Worker.Host;

/// <summary>Where log lines go: standard error. Only the worker's own lines do: libraries do not know which of their words are secret.</summary>
internal static class WorkerLogs
{
    /// <summary>What the names of targets begin with whose lines are written.</summary>
    public const string AllowedPrefix = "Phala.Worker.";

    /// <summary>The log.</summary>
    public static ILoggerFactory Create(LogLevel least, LogFormat format, TextWriter output, TimeProvider time) => LoggerFactory.Create(builder =>
    {
        builder.SetMinimumLevel(least);
        builder.AddFilter((category, level) => category?.StartsWith(AllowedPrefix, StringComparison.Ordinal) == true && level >= least);
        builder.AddProvider(new LineLoggerProvider(format, output, time));
    });
}
