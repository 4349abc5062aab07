namespace Phala.Wasm.Binary;

/// <summary>Names the proposal that an unknown number belongs to.</summary>
internal static class Unsupported
{
    /// <summary>The error for a byte where an instruction should begin.</summary>
    public static ModuleError Instruction(int opcode) => opcode switch
    {
        0x12 or 0x13 => ModuleError.UnsupportedTailCalls,
        0x06 or 0x07 or 0x08 or 0x09 or 0x0A or 0x18 or 0x19 or 0x1F => ModuleError.UnsupportedExceptions,
        0x14 or 0x15 or 0xD3 or 0xD4 or 0xD5 or 0xD6 or 0xFB => ModuleError.UnsupportedGc,
        0xFD => ModuleError.UnsupportedSimd,
        0xFE => ModuleError.UnsupportedThreads,
        _ => ModuleError.BadInstruction,
    };

    /// <summary>The error for a byte where a type should stand.</summary>
    public static ModuleError Type(int kind) => kind switch
    {
        0x7B => ModuleError.UnsupportedSimd,
        0x69 => ModuleError.UnsupportedExceptions,
        >= 0x63 and <= 0x74 => ModuleError.UnsupportedGc,
        _ => ModuleError.BadType,
    };
}
