namespace Phala.Testing.Wasm.Differential;

/// <summary>A call of an exported function.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">What it is called with.</param>
public sealed record PlannedCall(string Name, IReadOnlyList<PlannedValue> Arguments);
