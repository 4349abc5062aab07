namespace Phala.Trie.Building;

/// <summary>A run of changes: the places from <paramref name="Start"/> to before <paramref name="End"/>.</summary>
internal record struct Run(int Start, int End)
{
    /// <summary>The number of changes.</summary>
    public readonly int Length => End - Start;

    /// <summary>Whether there are none.</summary>
    public readonly bool IsEmpty => Start == End;
}
