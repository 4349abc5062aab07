using Phala.Contracts.Compiler.Code;

namespace Phala.Contracts.Compiler.Reading;

/// <summary>A scalar inside of a value: what a WebAssembly local can hold.</summary>
/// <param name="Offset">Bytes from the value's beginning in memory.</param>
/// <param name="Storage">How it lies in memory.</param>
/// <param name="Type">The type that it is part of as a field, or itself.</param>
internal readonly record struct Leaf(int Offset, Storage Storage, ClrType Type)
{
    /// <summary>The type of a local that holds it.</summary>
    public WasmType WasmType => Storage == Storage.Int64 ? WasmType.I64 : WasmType.I32;
}
