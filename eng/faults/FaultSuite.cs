namespace Phala.Faults;

/// <summary>The faults of one file, and the tests that must catch them.</summary>
/// <param name="Name">The file's name without extension.</param>
/// <param name="Checks">Namespaces, test classes, or <c>fuzz:target</c>.</param>
/// <param name="Faults">In the order of the file.</param>
public sealed record FaultSuite(string Name, IReadOnlyList<string> Checks, IReadOnlyList<Fault> Faults)
{
    /// <summary>All suites of the folder <c>eng/faults</c> below <paramref name="root"/>.</summary>
    /// <exception cref="FormatException">A file is not in the format of <c>eng/faults/README.md</c>.</exception>
    public static IReadOnlyList<FaultSuite> ReadAll(string root) =>
        [.. Directory.EnumerateFiles(Path.Combine(root, "eng", "faults"), "*.faults").Order(StringComparer.Ordinal).Select(Read)];

    private static FaultSuite Read(string path)
    {
        List<string> checks = [];
        List<Fault> faults = [];
        string? name = null, file = null;
        List<string> original = [], replacement = [];

        void Complete()
        {
            if (name is null) return;
            if (file is null || original.Count == 0) throw new FormatException($"{path}: fault '{name}' needs a file and at least one '-' line.");
            faults.Add(new Fault(name, file, [.. original], [.. replacement]));
            (name, file) = (null, null);
            original.Clear();
            replacement.Clear();
        }

        foreach (string line in File.ReadLines(path))
        {
            string[] words = line.Split(' ', 2, StringSplitOptions.TrimEntries);
            switch (words[0])
            {
                case "" or "#":
                    break;
                case "tests":
                    checks.AddRange(words[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
                    break;
                case "fault":
                    Complete();
                    name = words[1];
                    break;
                case "file":
                    file = words[1];
                    break;
                case "-":
                    original.Add(words[1]);
                    break;
                case "+":
                    replacement.Add(words.Length > 1 ? words[1] : "");
                    break;
                default:
                    throw new FormatException($"{path}: '{line}' is not understood; see eng/faults/README.md.");
            }
        }

        Complete();
        if (checks.Count == 0 || faults.Count == 0) throw new FormatException($"{path}: needs a 'tests' line and at least one fault.");
        return new FaultSuite(Path.GetFileNameWithoutExtension(path), checks, faults);
    }
}
