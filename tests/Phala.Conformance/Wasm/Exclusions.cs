namespace Phala.Conformance.Wasm;

/// <summary>The assertions that are not run, from <c>excluded.txt</c>: <c>script:line never|pending reason</c> each.</summary>
internal static class Exclusions
{
    private static readonly Dictionary<string, string> Reasons = Read();

    /// <summary>All of them, as <c>script:line</c>.</summary>
    public static IReadOnlyCollection<string> All => Reasons.Keys;

    /// <summary>How many of them are meant to go away.</summary>
    public static int PendingCount => Reasons.Values.Count(reason => reason.StartsWith("pending", StringComparison.Ordinal));

    /// <summary>Whether the command of a script at a line is not run.</summary>
    public static bool Contains(string script, int line) => Reasons.ContainsKey($"{script}:{line}");

    private static Dictionary<string, string> Read()
    {
        Dictionary<string, string> reasons = new(StringComparer.Ordinal);
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Wasm/excluded.txt")))
        {
            if (line.Length == 0 || line[0] == '#') continue;
            string[] parts = line.Split(' ', 2);
            reasons.Add(parts[0], parts[1]);
        }

        return reasons;
    }
}
