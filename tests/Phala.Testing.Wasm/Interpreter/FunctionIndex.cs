namespace Phala.Testing.Wasm.Interpreter;

/// <summary>A reference to a function of the interpreted module.</summary>
internal sealed record FunctionIndex(int Value);
