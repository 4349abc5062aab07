namespace Phala.Contracts.Compiler.Code;

/// <summary>Types of WebAssembly values, as they are encoded.</summary>
internal enum WasmType : byte
{
    None = 0x40,
    I64 = 0x7E,
    I32 = 0x7F,
}
