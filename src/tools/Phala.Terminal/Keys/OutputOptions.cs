using System.CommandLine;

namespace Phala.Terminal.Keys;

/// <summary>How a report is printed: aligned lines, JSON with our names, or JSON with the names that scripts for Substrate's <c>key</c> command read.</summary>
public sealed class OutputOptions
{
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON." };
    private readonly Option<OutputType> _type = new("--output-type") { Description = "text, or json with the names that Substrate's key commands use.", DefaultValueFactory = _ => OutputType.Text };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_json);
        command.Options.Add(_type);
    }

    /// <summary>Whether anything but lines is asked for.</summary>
    public bool IsJson(ParseResult result) => result.GetValue(_json) || result.GetValue(_type) == OutputType.Json;

    /// <summary>Prints a report.</summary>
    public void Print(KeyReport report, ParseResult result)
    {
        TextWriter output = result.InvocationConfiguration.Output;
        if (result.GetValue(_type) == OutputType.Json) output.WriteLine(report.ToSubstrateJson());
        else report.Print(output, result.GetValue(_json));
    }
}
