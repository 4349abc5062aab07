namespace Phala.Cli.Processes;

/// <summary>Where the other programs are: beside this one, as in an installation, or where the same build put them.</summary>
internal static class ProgramFile
{
    /// <summary>Finds a program.</summary>
    /// <param name="project">Its project, which names its folder in a build.</param>
    /// <param name="program">Its name.</param>
    /// <returns>The path, or null where there is none.</returns>
    public static string? Find(string project, string program) => Find(project, program, AppContext.BaseDirectory);

    /// <inheritdoc cref="Find(string, string)"/>
    /// <param name="project"/><param name="program"/>
    /// <param name="self">The folder of this program.</param>
    internal static string? Find(string project, string program, string self)
    {
        string file = OperatingSystem.IsWindows() ? program + ".exe" : program;
        string folder = Path.TrimEndingDirectorySeparator(self);
        string beside = Path.Combine(folder, file);
        if (File.Exists(beside)) return beside;

        // artifacts/bin/<project>/<configuration>
        string configuration = Path.GetFileName(folder);
        if (Path.GetDirectoryName(Path.GetDirectoryName(folder)) is not { } bin) return null;
        string built = Path.Combine(bin, project, configuration, file);
        return File.Exists(built) ? built : null;
    }
}
