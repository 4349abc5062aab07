namespace Phala.Wasm.Binary;

/// <summary>The type of a table: references of one kind.</summary>
/// <param name="Element"><see cref="ValueKind.FuncRef"/> or <see cref="ValueKind.ExternRef"/>.</param>
/// <param name="Limits">Its size in elements.</param>
public readonly record struct TableType(ValueKind Element, Limits Limits);
