namespace Phala.Wasm.Binary;

/// <summary>A section without meaning for execution.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its content after the name.</param>
public sealed record CustomSection(string Name, ReadOnlyMemory<byte> Bytes);
