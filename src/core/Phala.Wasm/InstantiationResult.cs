namespace Phala.Wasm;

/// <summary>What came of an instantiation.</summary>
/// <param name="Instance">The instance, or null.</param>
/// <param name="Link">Why the imports do not fit.</param>
/// <param name="Run">How copying the segments and the start function ended.</param>
public readonly record struct InstantiationResult(Instance? Instance, LinkError Link, CallResult Run);
