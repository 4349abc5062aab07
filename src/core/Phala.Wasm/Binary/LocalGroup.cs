namespace Phala.Wasm.Binary;

/// <summary>A run of local variables of one type.</summary>
/// <param name="Count">How many.</param>
/// <param name="Kind">Their type.</param>
public readonly record struct LocalGroup(uint Count, ValueKind Kind);
