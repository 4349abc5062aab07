using Phala.Clusters.Pink;

namespace Phala.Clusters.Execution;

/// <summary>Lines that contracts wrote to the log in one run. They are no part of any result that is replicated.</summary>
internal sealed class LogLines
{
    /// <summary>How many lines are kept, and how many characters of them.</summary>
    internal const int MostLines = 256, MostCharacters = 64 * 1024;

    private readonly List<ContractLog> _lines = [];
    private int _characters;

    /// <summary>The lines.</summary>
    internal IReadOnlyList<ContractLog> Lines => _lines;

    /// <summary>Adds a line; what is too much is dropped.</summary>
    internal void Add(ContractLog line)
    {
        if (_lines.Count == MostLines || line.Message.Length > MostCharacters - _characters) return;
        _lines.Add(line);
        _characters += line.Message.Length;
    }
}
