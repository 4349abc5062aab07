using System.CommandLine;

namespace Phala.Terminal.Keys;

/// <summary>How a command that cannot do its work ends: one line on the error stream and exit code 1.</summary>
public static class Failure
{
    /// <summary>Prints what is wrong, in a line whatever it says.</summary>
    /// <returns>The exit code.</returns>
    public static int Report(ParseResult result, string? problem)
    {
        result.InvocationConfiguration.Error.WriteLine(PlainText.Of(problem ?? ""));
        return 1;
    }
}
