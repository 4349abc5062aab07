namespace Phala.Worker.Host;

/// <summary>What the program's exit code means.</summary>
internal static class ExitCodes
{
    /// <summary>It did what it was asked for, and ended because it was told to.</summary>
    public const int Done = 0;

    /// <summary>It could not begin, or go on: one line says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int BadUsage = 2;

    /// <summary>A sealed file is damaged, or of another machine. Nothing was changed.</summary>
    public const int DamagedSeal = 3;

    /// <summary>Says why.</summary>
    public static int Report(TextWriter errors, string problem, int code)
    {
        errors.WriteLine($"error: {problem}");
        return code;
    }
}
