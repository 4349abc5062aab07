using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Phala.Terminal;
using Spectre.Console;

namespace Phala.Cli.Output;

/// <summary>What a command answers: a table for people, JSON for programs. Values come from files, chains and contracts: <see cref="PlainText"/> is printed of them.</summary>
internal static class Answer
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>In files and pipes no row is folded: programs such as grep and less take lines as they are.</summary>
    private const int WidthOfFiles = 4096;

    /// <summary>Prints rows: as a table, or as a JSON array of objects whose names are the columns'.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="isJson">Whether as JSON.</param>
    /// <param name="columns">The columns: the JSON name of each, which heads it in words.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="nothing">What people are told where there is no row.</param>
    public static void Print(TextWriter output, bool isJson, IReadOnlyList<string> columns, IReadOnlyList<string[]> rows, string nothing)
    {
        if (isJson)
        {
            PrintJson(output, new JsonArray([.. rows.Select(row => new JsonObject(columns.Zip(row, (name, value) => KeyValuePair.Create(name, (JsonNode?)value))))]));
            return;
        }

        if (rows.Count == 0)
        {
            output.WriteLine(nothing);
            return;
        }

        Table table = new() { Border = TableBorder.Simple };
        foreach (string column in columns) table.AddColumn(new TableColumn(Markup.Escape(Words(column))));
        foreach (string[] row in rows) table.AddRow([.. row.Select(cell => Markup.Escape(PlainText.Of(cell)))]);
        IAnsiConsole console = Console(output);
        if (output != System.Console.Out || System.Console.IsOutputRedirected) console.Profile.Width = WidthOfFiles;
        console.Write(table);
    }

    /// <summary>Prints one thing: lines of names and values, or a JSON object.</summary>
    public static void Print(TextWriter output, bool isJson, IReadOnlyList<(string Name, string Value)> fields)
    {
        if (isJson)
        {
            PrintJson(output, new JsonObject(fields.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)field.Value))));
            return;
        }

        int width = fields.Max(field => Words(field.Name).Length);
        foreach ((string name, string value) in fields) output.WriteLine($"{Words(name).PadRight(width)}  {PlainText.Of(value)}");
    }

    /// <summary>Prints one thing of many that come one after the other: values in a line, or a JSON object in a line.</summary>
    public static void PrintLine(TextWriter output, bool isJson, IReadOnlyList<string> names, IReadOnlyList<string> values) => output.WriteLine(isJson
        ? Line(new JsonObject(names.Zip(values, (name, value) => KeyValuePair.Create(name, (JsonNode?)value))))
        : PlainText.Of(string.Join("  ", values)));

    /// <summary>Prints a heading and lines under it; nothing where there are none.</summary>
    public static void PrintList(TextWriter output, string heading, IReadOnlyList<string> lines)
    {
        if (lines.Count > 0) output.WriteLine(heading);
        foreach (string each in lines) output.WriteLine("  " + PlainText.Of(each));
    }

    /// <summary>JSON in a line.</summary>
    public static string Line(JsonNode node) => PlainText.Of(node.ToJsonString(Compact));

    /// <summary>Prints JSON.</summary>
    public static void PrintJson(TextWriter output, JsonNode node) => output.WriteLine(PlainText.Lines(node.ToJsonString(Indented)));

    /// <summary>A console with tables and colours over a writer.</summary>
    public static IAnsiConsole Console(TextWriter output) => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });

    /// <summary><c>leaseEnd</c> is read as <c>lease end</c>.</summary>
    private static string Words(string name) => string.Concat(name.Select(letter => char.IsUpper(letter) ? " " + char.ToLowerInvariant(letter) : letter.ToString()));
}
