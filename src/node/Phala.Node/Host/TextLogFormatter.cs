using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Phala.Node.Host;

/// <summary>Log lines for people: time, message, and the part and level where those are not the usual ones.</summary>
/// <param name="time">The clock.</param>
/// <param name="hasColor">Whether warnings and errors are coloured.</param>
internal sealed class TextLogFormatter(TimeProvider time, bool hasColor) : ConsoleFormatter(FormatterName)
{
    /// <summary>The name by which the console's logger finds it.</summary>
    public const string FormatterName = "phala-text";

    private const string Red = "\e[31m", Yellow = "\e[33m", Grey = "\e[90m", Plain = "\e[0m";

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopes, TextWriter output)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"{time.GetLocalNow():yyyy-MM-dd HH:mm:ss} {LevelOf(entry)}{OneLine(entry.Formatter(entry.State, entry.Exception))}");
        if (entry.Exception is { } exception) line += $": {OneLine(exception.ToString())}";
        string? color = hasColor ? ColorOf(entry.LogLevel) : null;
        output.WriteLine(color is null ? line : $"{color}{line}{Plain}");
    }

    private static string LevelOf<TState>(in LogEntry<TState> entry) => entry.LogLevel switch
    {
        LogLevel.Information => "",
        LogLevel.Warning => $"WARN {LogTarget.Of(entry.Category)}: ",
        LogLevel.Error or LogLevel.Critical => $"ERROR {LogTarget.Of(entry.Category)}: ",
        LogLevel.Debug => $"DEBUG {LogTarget.Of(entry.Category)}: ",
        _ => $"TRACE {LogTarget.Of(entry.Category)}: ",
    };

    private static string? ColorOf(LogLevel level) => level switch
    {
        LogLevel.Error or LogLevel.Critical => Red,
        LogLevel.Warning => Yellow,
        LogLevel.Debug or LogLevel.Trace => Grey,
        _ => null,
    };

    /// <summary>A line stays one, and what strangers sent moves no cursor.</summary>
    private static string OneLine(string text) => text.AsSpan().IndexOfAnyInRange('\0', '\x1F') < 0 ? text : string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
}
