namespace Phala.Contracts.Compiler.Code;

/// <summary>Sizes and instructions of scalars in memory.</summary>
internal static class StorageExtensions
{
    public static int Size(this Storage storage) => storage switch
    {
        Storage.Int8 or Storage.UInt8 => 1,
        Storage.Int16 or Storage.UInt16 => 2,
        Storage.Int32 => 4,
        _ => 8,
    };

    public static WasmType Type(this Storage storage) => storage == Storage.Int64 ? WasmType.I64 : WasmType.I32;

    public static Op LoadOp(this Storage storage) => storage switch
    {
        Storage.Int8 => Op.I32Load8S,
        Storage.UInt8 => Op.I32Load8U,
        Storage.Int16 => Op.I32Load16S,
        Storage.UInt16 => Op.I32Load16U,
        Storage.Int32 => Op.I32Load,
        _ => Op.I64Load,
    };

    public static Op StoreOp(this Storage storage) => storage.Size() switch
    {
        1 => Op.I32Store8,
        2 => Op.I32Store16,
        4 => Op.I32Store,
        _ => Op.I64Store,
    };
}
