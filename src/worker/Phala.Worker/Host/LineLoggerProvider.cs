using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Phala.Worker.Options;

namespace Phala.Worker.Host;

/// <summary>Writes log lines, each in one piece: of text, or of JSON.</summary>
/// <remarks>Of an exception its type is written, never its message: what it says may come from a contract, a user or a secret.</remarks>
internal sealed class LineLoggerProvider(LogFormat format, TextWriter output, TimeProvider time) : ILoggerProvider
{
    private const string Template = "{OriginalFormat}";
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new LineLogger(this, TargetOf(categoryName));

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <summary>The part of the worker that a category belongs to: <c>sync</c> for <c>Phala.Worker.Sync.Engine</c>.</summary>
    internal static string TargetOf(string category)
    {
        if (!category.StartsWith(WorkerLogs.AllowedPrefix, StringComparison.Ordinal)) return category;
        int end = category.IndexOf('.', WorkerLogs.AllowedPrefix.Length);
        return category[WorkerLogs.AllowedPrefix.Length..(end < 0 ? category.Length : end)].ToLower(CultureInfo.InvariantCulture);
    }

    private void Write<TState>(string target, LogLevel level, TState state, Exception? failure, Func<TState, Exception?, string> format1)
    {
        string message = format1(state, null);
        string line = format == LogFormat.Json ? Json(target, level, message, state, failure) : Text(target, level, message, failure);
        lock (_lock)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }

    private string Text(string target, LogLevel level, string message, Exception? failure)
    {
        string mark = level switch { LogLevel.Information => "", LogLevel.Warning => $"WARN {target}: ", _ => $"ERROR {target}: " };
        string line = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-dd HH:mm:ss} {mark}{message}");
        if (failure is not null) line += $" ({failure.GetType().Name})";
        return line.AsSpan().IndexOfAnyInRange('\0', '\x1F') < 0 ? line : string.Concat(line.Select(letter => char.IsControl(letter) ? ' ' : letter));
    }

    private string Json<TState>(string target, LogLevel level, string message, TState state, Exception? failure)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter writer = new(bytes))
        {
            writer.WriteStartObject();
            writer.WriteString("time", time.GetUtcNow().UtcDateTime);
            writer.WriteString("level", level switch { LogLevel.Information => "info", LogLevel.Warning => "warn", _ => "error" });
            writer.WriteString("target", target);
            writer.WriteString("message", message);
            if (failure is not null) writer.WriteString("error", failure.GetType().Name);
            WriteFields(writer, state);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void WriteFields(Utf8JsonWriter writer, object? state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> values || values.All(value => value.Key == Template)) return;
        writer.WriteStartObject("fields");
        foreach ((string name, object? value) in values.Where(value => value.Key != Template))
        {
            writer.WritePropertyName(name);
            if (value is int or uint or long or ulong) writer.WriteRawValue(FormattableString.Invariant($"{value}"));
            else writer.WriteStringValue(value?.ToString());
        }

        writer.WriteEndObject();
    }

    private sealed class LineLogger(LineLoggerProvider provider, string target) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and not LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) provider.Write(target, logLevel, state, exception, formatter);
        }
    }
}
