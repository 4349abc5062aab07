using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Phala.Relayer.Host;

/// <summary>Writes each log message as a line: time, level where it is not the usual, message.</summary>
/// <param name="output">Where it goes.</param>
internal sealed class LineLoggerProvider(TextWriter output) : ILoggerProvider, ILogger
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        string level = logLevel == LogLevel.Information ? "" : logLevel.ToString().ToUpperInvariant() + " ";
        string line = string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-dd HH:mm:ss} {level}{formatter(state, exception)}");
        lock (output) output.WriteLine(line);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
