namespace Phala.Wasm.Binary;

/// <summary>Something that a module asks for. Exactly the type that belongs to <paramref name="Kind"/> is meaningful.</summary>
/// <param name="Module">The name of the providing module.</param>
/// <param name="Name">The name within it.</param>
/// <param name="Kind">What is asked for.</param>
/// <param name="TypeIndex">The index of a function's type.</param>
/// <param name="Table">A table's type.</param>
/// <param name="Memory">A memory's size range.</param>
/// <param name="Global">A global's type.</param>
public sealed record Import(string Module, string Name, ExternalKind Kind, uint TypeIndex = 0, TableType Table = default, Limits Memory = default, GlobalType Global = default);
