using System.CommandLine;
using System.Text.Json;
using Phala.Cli;
using Phala.Terminal;
using Xunit;

namespace Phala.Tests.Cli;

/// <summary>What a command of the tool said, and how it ended.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Errors">Standard error.</param>
internal sealed record CliRun(int Code, string Output, string Errors)
{
    /// <summary>Standard output as JSON.</summary>
    public JsonElement Json
    {
        get
        {
            using JsonDocument document = JsonDocument.Parse(Output);
            return document.RootElement.Clone();
        }
    }

    /// <summary>Types a command.</summary>
    public static async Task<CliRun> OfAsync(params string[] arguments)
    {
        using StringWriter output = new(), errors = new();
        int code = await CommandLine.RunAsync(PhalaCommand.Create(), arguments, new InvocationConfiguration { Output = output, Error = errors });
        return new CliRun(code, output.ToString(), errors.ToString());
    }

    /// <summary>A text of the JSON object.</summary>
    public string Text(string name) => Json.GetProperty(name).GetString()!;

    /// <summary>The value that people read after a name.</summary>
    public string Line(string name) => Output.Split('\n').Single(line => line.StartsWith(name + "  ", StringComparison.Ordinal))[name.Length..].Trim();

    /// <summary>Asserts how it ended.</summary>
    public CliRun Ended(int code)
    {
        Assert.True(Code == code, $"It ended with {Code} and not {code}.\n{Output}\n{Errors}");
        if (code != 1) Assert.Equal("", Errors);
        return this;
    }

    /// <summary>Asserts that it could not do it, and says why in a few lines, without a page of help or a trace of the program.</summary>
    public void Failed(string why)
    {
        Assert.True(Code == 1, $"It ended with {Code}.\n{Output}\n{Errors}");
        Assert.Contains(why, Errors, StringComparison.Ordinal);
        Assert.Equal("", Output);
        Assert.DoesNotContain("   at ", Errors, StringComparison.Ordinal);
        Assert.InRange(Errors.Trim().Split('\n').Length, 1, 6);
    }
}
