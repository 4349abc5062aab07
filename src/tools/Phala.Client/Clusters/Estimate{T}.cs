namespace Phala.Client.Clusters;

/// <summary>What a command or a constructor would do, as a worker says.</summary>
/// <typeparam name="T">What it says.</typeparam>
/// <param name="Result">How it would end, and what it would take. Nothing is reserved: the state may be another by the time that a command is executed.</param>
/// <param name="Answer">The verified answer that says so.</param>
public sealed record Estimate<T>(T Result, VerifiedAnswer Answer);
