using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Phala.Terminal.Keys;

namespace Phala.Node.Inspect;

/// <summary>What all inspections have in common: the input, <c>--json</c>, and how they end.</summary>
internal sealed class InspectRun
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Argument<string?> _input;
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON." };

    /// <summary>Makes a command.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="subject">What it looks at, for the help.</param>
    public InspectRun(string name, string description, string subject)
    {
        _input = new Argument<string?>("input")
        {
            Description = $"{subject}: hexadecimal behind 0x, or a file with it raw, in hexadecimal or JSON. '-' or nothing reads standard input.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Command = new Command(name, description) { _input, _json };
    }

    /// <summary>Fills a tree with what it finds.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="input">What to look at. Anything gives an answer.</param>
    /// <param name="tree">Receives what is found, as far as that goes.</param>
    /// <returns>What is wrong, in words; null where nothing is.</returns>
    public delegate string? Inspector(ParseResult line, InspectInput input, JsonObject tree);

    /// <summary>The command, to which options can be added.</summary>
    public Command Command { get; }

    /// <summary>Says what the command does.</summary>
    public Command With(Inspector inspect)
    {
        Command.SetAction(line =>
        {
            if (!InspectInput.TryRead(line.GetValue(_input), out InspectInput? input, out string? problem)) return Failure.Report(line, $"error: {problem}");
            JsonObject tree = [];
            problem = inspect(line, input, tree);
            TextWriter output = line.InvocationConfiguration.Output;
            if (line.GetValue(_json))
            {
                if (problem is not null) tree["problem"] = problem;
                output.WriteLine(tree.ToJsonString(Indented));
            }
            else
            {
                TreeText.Write(output, tree);
            }

            return problem is null ? 0 : Failure.Report(line, $"error: {problem}");
        });
        return Command;
    }
}
