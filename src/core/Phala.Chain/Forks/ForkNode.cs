namespace Phala.Chain.Forks;

/// <summary>A block in a <see cref="ForkTree{T}"/>.</summary>
/// <typeparam name="T">What is kept with each block.</typeparam>
public sealed class ForkNode<T>
{
    internal ForkNode(BlockId block, ForkNode<T>? parent, T value, long order) => (Block, Parent, Value, Order) = (block, parent, value, order);

    /// <summary>The block.</summary>
    public BlockId Block { get; }

    /// <summary>The block before; null of the tree's root, and of a root that was replaced.</summary>
    public ForkNode<T>? Parent { get; internal set; }

    /// <summary>The blocks after, in the order in which they came.</summary>
    public IReadOnlyList<ForkNode<T>> Children => Branches;

    /// <summary>What is kept with the block.</summary>
    public T Value { get; set; }

    internal List<ForkNode<T>> Branches { get; } = [];

    /// <summary>When the block came, compared to others.</summary>
    internal long Order { get; }

    /// <inheritdoc/>
    public override string ToString() => $"#{Block.Number} ({Block.Hash})";
}
