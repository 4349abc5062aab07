using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Phala.Terminal;

/// <summary>Runs what a command line asks for. What is wrong with one is said in a line or two: pages of help would scroll it away. A command that needs another one after it shows which there are.</summary>
public static class CommandLine
{
    /// <summary>Parses and runs.</summary>
    /// <param name="root">The program's commands.</param>
    /// <param name="arguments">What the user typed.</param>
    /// <param name="configuration">Where output goes, and how the program ends.</param>
    /// <returns>The exit code: 1 where the command line is wrong.</returns>
    public static async Task<int> RunAsync(RootCommand root, IReadOnlyList<string> arguments, InvocationConfiguration configuration)
    {
        ParseResult line = root.Parse(arguments);
        bool isUnfinished = line.CommandResult.Command.Action is null && line.UnmatchedTokens.Count == 0;
        if (line.Action is ParseErrorAction wrong) wrong.ShowHelp = isUnfinished;
        int code = await line.InvokeAsync(configuration).ConfigureAwait(false);
        if (line.Errors.Count > 0 && !isUnfinished) await configuration.Error.WriteLineAsync($"'{NameOf(line.CommandResult)} --help' tells what there is.").ConfigureAwait(false);
        return code;
    }

    private static string NameOf(CommandResult result) => result.Parent is CommandResult parent ? $"{NameOf(parent)} {result.Command.Name}" : result.Command.Name;
}
