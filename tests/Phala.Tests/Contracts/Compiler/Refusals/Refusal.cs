using System.Globalization;

namespace Phala.Tests.Contracts.Compiler.Refusals;

/// <summary>A program with a line that contracts cannot have, marked by a comment.</summary>
/// <param name="Name">What it tries.</param>
/// <param name="Id">The expected diagnostic.</param>
/// <param name="Message">A part of the expected message.</param>
/// <param name="Source">The source.</param>
internal sealed record Refusal(string Name, string Id, string Message, string Source)
{
    private const string Mark = "// here";

    public static Refusal[] All { get; } = Read();

    /// <summary>The marked line, from 1; 0 if there is none.</summary>
    public int Line => Array.FindIndex(Source.Split('\n'), static line => line.Contains(Mark, StringComparison.Ordinal)) + 1;

    private static Refusal[] Read()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Contracts", "Compiler", "Refusals", "Programs", "refusals.programs");
        return [.. File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal).Split("\n## ").Skip(1).Select(static (text, index) => Parse(text, index))];
    }

    private static Refusal Parse(string text, int index)
    {
        int end = text.IndexOf('\n', StringComparison.Ordinal);
        string[] head = text[..end].Split('|');
        string body = text[(end + 1)..].Replace(" Run(", " Run_(", StringComparison.Ordinal);
        string attributed = System.Text.RegularExpressions.Regex.Replace(body, @"static (unsafe )?(\w+) Run_\(", "[ContractExport(\"run\")] public static $1$2 Run(");
        string source = string.Create(CultureInfo.InvariantCulture, $"namespace R{index};\n\npublic static partial class Program\n{{\n{attributed}\n}}\n");
        return new Refusal(head[0].Trim(), head[1].Trim(), head[2].Trim(), source);
    }
}
