using Phala.Codec;

namespace Phala.Fuzz.Targets.Codec.Samples;

/// <summary>A type that contains itself in several ways.</summary>
[Scale]
public abstract partial record Tree
{
    private Tree()
    {
    }

    /// <summary>The end of a branch.</summary>
    [Variant(0)]
    public sealed record Leaf(uint Value) : Tree;

    /// <summary>Any number of branches.</summary>
    [Variant(1)]
    public sealed record Node(Vec<Tree> Children) : Tree;

    /// <summary>Two branches.</summary>
    [Variant(2)]
    public sealed record Fork(Tree Left, Tree? Right) : Tree;

    /// <summary>Nothing.</summary>
    [Variant(3)]
    public sealed record Empty : Tree;
}
