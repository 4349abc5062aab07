namespace Phala.Chain.Forks;

/// <summary>What finalizing a block did to a <see cref="ForkTree{T}"/>.</summary>
/// <typeparam name="T">What is kept with each block.</typeparam>
/// <param name="Finalized">The blocks that became final, in ascending order; the last is the new root.</param>
/// <param name="Pruned">The blocks that can no longer become final and have left the tree, parents before children.</param>
public sealed record ForkFinality<T>(IReadOnlyList<ForkNode<T>> Finalized, IReadOnlyList<ForkNode<T>> Pruned);
