using System.Numerics;
using Phala.Trie.Nodes;
using Phala.Trie.Storage;

namespace Phala.Trie.Proofs;

/// <summary>
/// A visit to each entry that the root commits to. Afterwards every node that a lookup can reach is known to decode, and it is known which entries are reached.
/// Takes time proportional to the proof, and no stack, whatever refers to an entry and how often: it is entered once below the keys of child roots and once
/// elsewhere, and on the way to those keys there is one node at most for each half byte of their prefix.
/// An entry may be a value in one place and a node in another: what is a value here is still visited as a node there.
/// </summary>
internal ref struct ProofWalk(ProofEntries entries)
{
    /// <summary>The path has left the keys of child roots.</summary>
    private const int Elsewhere = -1;

    /// <summary>The path has come through all of the prefix: a value may be a child root.</summary>
    private static readonly int Below = ChildTries.Prefix.Length * 2;

    private readonly Uses[] _uses = new Uses[entries.Count];
    private readonly Stack<(int Entry, int Matched)> _todo = new();

    /// <summary>Visits what hangs below an entry.</summary>
    /// <returns>Whether all of it decodes.</returns>
    public readonly bool TryVisit(int root)
    {
        Enter(root, 0);
        while (_todo.TryPop(out (int Entry, int Matched) next))
        {
            if (!TryVisit(entries[next.Entry].Span, next.Matched)) return false;
        }

        return true;
    }

    /// <summary>Whether every entry has been reached.</summary>
    public readonly bool HasReachedAll() => !_uses.AsSpan().Contains(Uses.None);

    private readonly void Enter(int entry, int matched)
    {
        if (entry < 0) return;
        Uses use = matched == Elsewhere ? Uses.NodeElsewhere : matched == Below ? Uses.NodeBelow : Uses.NodeOnTheWay;
        if (use != Uses.NodeOnTheWay && (_uses[entry] & use) != 0) return;
        _uses[entry] |= use;
        _todo.Push((entry, matched));
    }

    /// <summary>Visits a node. Nodes inside of nodes are below 32 bytes, so this calls itself a few times at most.</summary>
    private readonly bool TryVisit(ReadOnlySpan<byte> encoded, int matched)
    {
        if (!NodeView.TryDecode(encoded, out NodeView node, out _)) return false;
        for (int index = 0; index < node.PartialCount && matched != Elsewhere; index++)
        {
            matched = Match(matched, Nibbles.PackedAt(node.Partial, node.PartialCount, index));
        }

        VisitValue(node, matched);
        for (int bits = node.Bitmap; bits != 0; bits &= bits - 1)
        {
            int nibble = BitOperations.TrailingZeroCount(bits);
            ReadOnlySpan<byte> child = node.Child(nibble);
            if (child.Length == Hash256.Size) Enter(entries.Find(child), Match(matched, nibble));
            else if (!TryVisit(child, Match(matched, nibble))) return false;
        }

        return true;
    }

    private readonly void VisitValue(scoped in NodeView node, int matched)
    {
        if (node.HasHashedValue)
        {
            int entry = entries.Find(node.Value);
            if (entry >= 0) _uses[entry] |= Uses.Value;
        }
        else if (matched == Below && node.Value.Length == Hash256.Size)
        {
            Enter(entries.Find(node.Value), Elsewhere);
        }
    }

    /// <summary>How much of the keys of child roots the path has gone along after one more half byte.</summary>
    private static int Match(int matched, int nibble)
    {
        if (matched == Elsewhere || matched == Below) return matched;
        return Nibbles.At(ChildTries.Prefix, matched) == nibble ? matched + 1 : Elsewhere;
    }

    /// <summary>What an entry has been met as.</summary>
    [Flags]
    private enum Uses : byte
    {
        None = 0,
        Value = 1,
        NodeElsewhere = 2,
        NodeOnTheWay = 4,
        NodeBelow = 8,
    }
}
