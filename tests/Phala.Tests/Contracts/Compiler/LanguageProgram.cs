using System.Text.RegularExpressions;

namespace Phala.Tests.Contracts.Compiler;

/// <summary>One program of a file: a static method Run, what it needs, and the inputs that it is run with.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Index">Its number in the file.</param>
/// <param name="Inputs">Arguments of each run.</param>
/// <param name="Members">Members of the class.</param>
/// <param name="Types">Declarations beside the class.</param>
internal sealed partial record LanguageProgram(string Name, int Index, string[][] Inputs, string Members, string Types)
{
    /// <summary>The name under which the program is exported.</summary>
    public string Export => $"p{Index}";

    /// <summary>The program as a file of its own.</summary>
    public string Source => $$"""
        namespace P{{Index}}
        {
            {{Types}}

            public static partial class Program
            {
                {{RunMethod().Replace(Members, $"[ContractExport(\"{Export}\")] public static $1$2 Run(", 1)}}
            }
        }
        """;

    /// <summary>Reads a file: programs begin with a line <c>## name | inputs</c>, types follow a line of hyphens.</summary>
    public static LanguageProgram[] Read(string path)
    {
        string[] parts = File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal).Split("\n## ");
        return [.. parts.Skip(1).Select(Parse)];
    }

    private static LanguageProgram Parse(string text, int index)
    {
        int end = text.IndexOf('\n', StringComparison.Ordinal);
        string[] head = text[..end].Split('|', 2);
        string[] body = text[(end + 1)..].Split("\n---\n", 2);
        string[][] inputs = [.. head[1].Split(';').Select(static run => run.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        return new LanguageProgram(head[0].Trim(), index, inputs, body[0], body.Length > 1 ? body[1] : "");
    }

    [GeneratedRegex(@"static (unsafe )?([\w\[\]<>?]+) Run\(")]
    private static partial Regex RunMethod();
}
