namespace Phala.Cli.Output;

/// <summary>How the tool ends. Scripts rely on it.</summary>
internal static class ExitCode
{
    /// <summary>It did what it was asked, and what it checked was good.</summary>
    public const int Good = 0;

    /// <summary>It could not: the command line, a file or a server is not what it should be.</summary>
    public const int Failed = 1;

    /// <summary>It checked, and what it checked is not good: a proof that does not hold, an answer that is refused.</summary>
    public const int Refused = 2;

    /// <summary>It checked, and what it checked is good if something is so that it was not told, and says what.</summary>
    public const int Conditional = 3;

    /// <summary>It was interrupted.</summary>
    public const int Interrupted = 130;
}
