namespace Phala.Faults;

/// <summary>The faults of one file, and the tests that must catch them.</summary>
/// <param name="Name">The file's name without extension.</param>
/// <param name="Checks">What must notice the faults that name no checks of their own.</param>
/// <param name="Faults">In the order of the file.</param>
public sealed record FaultSuite(string Name, IReadOnlyList<string> Checks, IReadOnlyList<Fault> Faults)
{
    /// <summary>All suites of the folder <c>eng/faults</c> below <paramref name="root"/>.</summary>
    /// <exception cref="FormatException">A file is not in the format of <c>eng/faults/README.md</c>.</exception>
    public static IReadOnlyList<FaultSuite> ReadAll(string root) =>
        [.. Directory.EnumerateFiles(Path.Combine(root, "eng", "faults"), "*.faults").Order(StringComparer.Ordinal).Select(path => new FaultListReader(path).Read())];
}
