namespace Phala.Faults;

/// <summary>What a fault changes in one place: source lines and what takes their place.</summary>
/// <param name="File">The file, from the root of the repository.</param>
/// <param name="Original">Adjacent source lines, without indentation.</param>
/// <param name="Replacement">The lines that take their place, without indentation.</param>
public sealed record Change(string File, IReadOnlyList<string> Original, IReadOnlyList<string> Replacement)
{
    /// <summary>The source with the change in it, or null and the reason where the original lines do not occur exactly once.</summary>
    public string? Apply(string source, out string? problem)
    {
        string[] lines = source.Split('\n');
        int[] places = [.. Enumerable.Range(0, Math.Max(0, lines.Length - Original.Count + 1)).Where(at => Matches(lines, at))];
        problem = places.Length == 1 ? null : $"its lines occur {places.Length} times in {File}, not once: {Original[0]}";
        if (problem is not null) return null;

        int place = places[0];
        string indentation = lines[place][..^lines[place].TrimStart().Length];
        IEnumerable<string> replaced = Replacement.Select(line => indentation + line);
        return string.Join('\n', [.. lines[..place], .. replaced, .. lines[(place + Original.Count)..]]);
    }

    private bool Matches(string[] lines, int at)
    {
        for (int offset = 0; offset < Original.Count; offset++)
        {
            if (lines[at + offset].Trim() != Original[offset]) return false;
        }

        return true;
    }
}
