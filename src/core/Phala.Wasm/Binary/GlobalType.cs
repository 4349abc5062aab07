namespace Phala.Wasm.Binary;

/// <summary>The type of a global variable.</summary>
/// <param name="Kind">The type of its value.</param>
/// <param name="Mutable">Whether it may be assigned.</param>
public readonly record struct GlobalType(ValueKind Kind, bool Mutable);
