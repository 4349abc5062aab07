namespace Phala.Contracts.Testing;

/// <summary>What a test did and saw, line by line, so that two runs can be compared.</summary>
public sealed class Transcript
{
    private readonly List<string> _lines = [];

    internal Transcript()
    {
    }

    /// <summary>The lines.</summary>
    public IReadOnlyList<string> Lines => _lines;

    internal void Add(string line) => _lines.Add(line);

    /// <summary>The first line in which two runs differ; null where they are the same.</summary>
    internal static string? Difference(Transcript first, Transcript second)
    {
        for (int index = 0; index < Math.Max(first._lines.Count, second._lines.Count); index++)
        {
            string left = index < first._lines.Count ? first._lines[index] : "(nothing)", right = index < second._lines.Count ? second._lines[index] : "(nothing)";
            if (left != right) return $"{TestMode.Direct}: {left}\n{TestMode.Wasm}:   {right}";
        }

        return null;
    }
}
