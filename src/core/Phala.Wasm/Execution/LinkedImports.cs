namespace Phala.Wasm.Execution;

/// <summary>A module's imports, found and of the right types.</summary>
/// <param name="Functions">A <see cref="Function"/> or <see cref="HostFunction"/> each.</param>
/// <param name="Tables">The tables.</param>
/// <param name="Memory">The memory, or null.</param>
/// <param name="Globals">The globals.</param>
internal readonly record struct LinkedImports(List<object> Functions, List<Table> Tables, LinearMemory? Memory, List<Global> Globals);
