using System.Text.Json.Nodes;
using Phala.Terminal;

namespace Phala.Cli.Output;

/// <summary>What a command tells while it works: text for people, or a JSON object a line for programs, each with the name of what happened in <c>event</c>. The last says how it ended.</summary>
/// <param name="output">Where it goes.</param>
/// <param name="isJson">Whether as JSON.</param>
internal sealed class Transcript(TextWriter output, bool isJson)
{
    /// <summary>Tells nobody anything.</summary>
    public static Transcript None { get; } = new(TextWriter.Null, isJson: false);

    /// <summary>Where it goes.</summary>
    public TextWriter Output => output;

    /// <summary>Whether programs read it.</summary>
    public bool IsJson => isJson;

    /// <summary>Tells people something.</summary>
    public Task SayAsync(string text) => isJson ? Task.CompletedTask : output.WriteLineAsync(PlainText.Lines(text));

    /// <summary>Tells programs something.</summary>
    /// <param name="what">What happened.</param>
    /// <param name="fields">More about it.</param>
    public Task NoteAsync(string what, params ReadOnlySpan<(string Name, JsonNode? Value)> fields)
    {
        if (!isJson) return Task.CompletedTask;
        JsonObject line = new() { ["event"] = what };
        foreach ((string name, JsonNode? value) in fields) line[name] = value;
        return output.WriteLineAsync(Answer.Line(line));
    }
}
