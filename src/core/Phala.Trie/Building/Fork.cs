using Phala.Trie.Nodes;

namespace Phala.Trie.Building;

/// <summary>A fork of the trie while changes are applied below it. Used again for other forks of its level.</summary>
internal sealed class Fork
{
    /// <summary>The most children.</summary>
    public const int Radix = 16;

    private int _nibble;

    /// <summary>The value that stands here.</summary>
    public BranchValue? Value;

    /// <summary>What stands here, as far as it has been changed.</summary>
    public TrieNode[] Children { get; } = new TrieNode[Radix];

    /// <summary>The node that stood here before; remains where nothing changes.</summary>
    public TrieNode Before { get; private set; }

    /// <summary>The branch that forked here before, if one did: Merkle values of children that stay are taken from it.</summary>
    public Branch? Old { get; set; }

    /// <summary>The partial key above the fork.</summary>
    public NibblePath Path { get; private set; }

    /// <summary>Number of half bytes of a key above the fork.</summary>
    public int Depth { get; set; }

    /// <summary>The changes that are still to be applied.</summary>
    public Run Changes { get; set; }

    /// <summary>Whether anything has changed.</summary>
    public bool HasChanged { get; set; }

    /// <summary>Begins anew, for another node.</summary>
    public void Begin(TrieNode before, NibblePath path, BranchValue? value)
    {
        Before = before;
        Path = path;
        Value = value;
        Old = null;
        HasChanged = false;
    }

    /// <summary>Takes the changes of the next child out of those that are left.</summary>
    /// <returns>Which child.</returns>
    public int TakeRun(ReadOnlySpan<TrieChange> all, out Run run)
    {
        (int start, int left) = (Changes.Start, Changes.End);
        _nibble = Nibbles.At(all[start].Key.Span, Depth);
        int end = start + 1;
        while (end < left && Nibbles.At(all[end].Key.Span, Depth) == _nibble) end++;
        run = new Run(start, end);
        Changes = new Run(end, left);
        return _nibble;
    }

    /// <summary>Puts back the child whose changes were taken last.</summary>
    public void SetChild(TrieNode child)
    {
        HasChanged |= !child.Is(Children[_nibble]);
        Children[_nibble] = child;
    }
}
