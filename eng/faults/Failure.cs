namespace Phala.Faults;

/// <summary>What noticed a fault.</summary>
/// <param name="Test">The first test that failed, or how the program ended.</param>
/// <param name="Output">What the program printed.</param>
public sealed record Failure(string Test, string Output);
