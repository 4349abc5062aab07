namespace Phala.Testing.Wasm.Differential;

/// <summary>A call of an exported function.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Budget">How many calls the guest may make.</param>
/// <param name="Arguments">What it is called with.</param>
public sealed record PlannedCall(string Name, int Budget, IReadOnlyList<PlannedValue> Arguments);
