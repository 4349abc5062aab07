namespace Phala.Chain.Forks;

/// <summary>The way from one block of a <see cref="ForkTree{T}"/> to another.</summary>
/// <typeparam name="T">What is kept with each block.</typeparam>
/// <param name="Retracted">The blocks to leave, in descending order.</param>
/// <param name="Common">The last block that both have in common.</param>
/// <param name="Enacted">The blocks to enter, in ascending order.</param>
public sealed record ForkRoute<T>(IReadOnlyList<ForkNode<T>> Retracted, ForkNode<T> Common, IReadOnlyList<ForkNode<T>> Enacted);
