namespace Phala.Testing;

/// <summary>What one input did.</summary>
/// <param name="PassedOuter">The input got past the outermost check, so that deeper code saw it.</param>
/// <param name="Error">The name of the error case, or null where the input was accepted.</param>
public readonly record struct FuzzOutcome(bool PassedOuter, string? Error);
