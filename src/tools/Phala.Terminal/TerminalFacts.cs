namespace Phala.Terminal;

/// <summary>What is at the other end of the error stream, where prompts, log lines and progress go.</summary>
public static class TerminalFacts
{
    private const int UsualWidth = 80;

    /// <summary>Whether a person may be looking, at something that moves its cursor.</summary>
    public static bool IsErrorTerminal => !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>How many characters fit in a line.</summary>
    public static int Width
    {
        get
        {
            try
            {
                return Console.WindowWidth > 0 ? Console.WindowWidth : UsualWidth;
            }
            catch (IOException)
            {
                return UsualWidth;
            }
        }
    }

    /// <summary>Whether colours are welcome: on a terminal, unless <c>NO_COLOR</c> says otherwise.</summary>
    public static bool AllowsColor(bool isTerminal, string? noColor) => isTerminal && string.IsNullOrEmpty(noColor);
}
