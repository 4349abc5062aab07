using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Differential;

/// <summary>An argument, told so that every implementation can make it its own.</summary>
/// <param name="Kind">Its type.</param>
/// <param name="Bits">A number's bits.</param>
/// <param name="Text">What an externref refers to, or null.</param>
/// <param name="Function">The exported function that a funcref refers to, or null.</param>
public sealed record PlannedValue(ValueKind Kind, ulong Bits, string? Text = null, string? Function = null);
