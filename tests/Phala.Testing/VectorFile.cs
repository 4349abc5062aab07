namespace Phala.Testing;

/// <summary>
/// Published test vectors in plain text: <c># comment</c> lines name the source, <c>[name]</c> opens a vector, <c>key: value</c> adds a field.
/// A long value goes on in lines that begin with two spaces.
/// </summary>
public static class VectorFile
{
    /// <summary>Reads the vectors of a file below the folder of the test assembly, such as <c>Crypto/Vectors/blake2b.txt</c>.</summary>
    public static IReadOnlyList<Vector> Read(string relativePath)
    {
        List<Vector> vectors = [];
        string? lastKey = null;
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, relativePath)))
        {
            if (line.Length == 0 || line[0] == '#') continue;
            if (line[0] == '[')
            {
                vectors.Add(new Vector(line.Trim().Trim('[', ']')));
                lastKey = null;
            }
            else if (line.StartsWith("  ", StringComparison.Ordinal) && lastKey is not null)
            {
                vectors[^1].Append(lastKey, line.Trim());
            }
            else
            {
                int colon = line.IndexOf(':', StringComparison.Ordinal);
                if (colon < 0 || vectors.Count == 0) throw new FormatException($"{relativePath}: not a field of a vector: '{line}'");
                lastKey = line[..colon].Trim();
                vectors[^1].Append(lastKey, line[(colon + 1)..].Trim());
            }
        }

        if (vectors.Count == 0) throw new FormatException($"{relativePath} holds no vectors.");
        return vectors;
    }
}
