using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Phala.Node.Rpc;

namespace Phala.Node.Host;

/// <summary>Log lines for programs: each a JSON object with time, level, target, message, and the values that the message is made of as fields.</summary>
/// <param name="time">The clock.</param>
internal sealed class JsonLogFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    /// <summary>The name by which the console's logger finds it.</summary>
    public const string FormatterName = "phala-json";

    private const string Template = "{OriginalFormat}";

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopes, TextWriter output)
    {
        string message = entry.Formatter(entry.State, entry.Exception), level = NameOf(entry.LogLevel), target = LogTarget.Of(entry.Category);
        string? error = entry.Exception?.ToString();
        object? state = entry.State;
        byte[] line = RpcJson.Serialize(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("time", time.GetUtcNow().UtcDateTime);
            writer.WriteString("level", level);
            writer.WriteString("target", target);
            writer.WriteString("message", message);
            if (error is not null) writer.WriteString("error", error);
            WriteFields(writer, state);
            writer.WriteEndObject();
        });
        output.WriteLine(Encoding.UTF8.GetString(line));
    }

    private static void WriteFields(Utf8JsonWriter writer, object? state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> values || values.All(value => value.Key == Template)) return;
        writer.WriteStartObject("fields");
        foreach ((string name, object? value) in values)
        {
            if (name == Template) continue;
            writer.WritePropertyName(name);
            if (value is int or uint or long or ulong) writer.WriteRawValue(FormattableString.Invariant($"{value}"));
            else writer.WriteStringValue(value?.ToString());
        }

        writer.WriteEndObject();
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error or LogLevel.Critical => "error",
        LogLevel.Debug => "debug",
        _ => "trace",
    };
}
