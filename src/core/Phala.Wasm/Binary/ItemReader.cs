namespace Phala.Wasm.Binary;

/// <summary>Reads one item of a list.</summary>
internal delegate T ItemReader<out T>(ref ByteReader reader);
