namespace Phala.Client.Contracts.Ink;

/// <summary>What a cluster's system contract answered, verified.</summary>
/// <typeparam name="T">What it returns.</typeparam>
/// <param name="Value">It.</param>
/// <param name="Count">How many entries of the queue the cluster had executed.</param>
public readonly record struct SystemAnswer<T>(T Value, ulong Count);
