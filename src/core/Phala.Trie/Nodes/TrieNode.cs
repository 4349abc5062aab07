using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Phala.Trie.Nodes;

/// <summary>A reference to a leaf (an array), a branch (an object) or nothing.</summary>
/// <remarks>Unsafe casts: a node is looked at in every step of a descent, and its target is of one of these two types, which the asserts check.</remarks>
internal readonly struct TrieNode(object? target)
{
    /// <summary>Whether there is no node.</summary>
    public bool IsEmpty => target is null;

    /// <summary>Whether the node has no children.</summary>
    public bool IsLeaf => target is byte[];

    /// <summary>The node as a leaf; only after <see cref="IsLeaf"/>.</summary>
    public Leaf Leaf
    {
        get
        {
            Debug.Assert(IsLeaf);
            return new Leaf(Unsafe.As<byte[]>(target!));
        }
    }

    /// <summary>The node as a branch; only when it is neither empty nor a leaf.</summary>
    public Branch Branch
    {
        get
        {
            Debug.Assert(target is Branch);
            return Unsafe.As<Branch>(target!);
        }
    }

    /// <summary>The partial key as a run of its own.</summary>
    public NibblePath Path => IsLeaf ? Leaf.Path : Branch.Path;

    /// <summary>Whether both refer to the same object: unchanged subtrees are recognised by that.</summary>
    public bool Is(TrieNode other) => ReferenceEquals(target, other.Target);

    /// <summary>The same node below another partial key. Children are shared.</summary>
    public TrieNode WithPath(NibblePath path) =>
        IsLeaf ? new TrieNode(Leaf.Create(path, Leaf.Value).Data) : new TrieNode(Branch.WithPath(path));

    private object? Target => target;
}
