namespace Phala.Wasm.Binary;

/// <summary>Groups of instructions.</summary>
internal static class Opcodes
{
    /// <summary>Whether an instruction computes a float whose NaN the specification leaves open (4.3.3): arithmetic and rounding, but not what works on bits.</summary>
    public static bool IsFloatArithmetic(this Opcode opcode) => opcode switch
    {
        >= Opcode.F32Ceil and <= Opcode.F32Max or >= Opcode.F64Ceil and <= Opcode.F64Max => true,
        Opcode.F32DemoteF64 or Opcode.F64PromoteF32 => true,
        _ => false,
    };
}
