namespace Phala.Wasm.Binary;

/// <summary>One decoded instruction.</summary>
/// <param name="Opcode">Which it is.</param>
/// <param name="Info">Its fixed facts.</param>
/// <param name="Index">The first index: label, function, type, local, global, table, segment, or the default label of a <c>br_table</c>.</param>
/// <param name="Second">The second index (table of an indirect call or <c>table.init</c>, source of <c>table.copy</c>), or the alignment exponent of an access.</param>
/// <param name="Bits">A constant's bits, an access's offset, a block's type as 33-bit number, or the number of a reference type.</param>
internal readonly record struct Instruction(Opcode Opcode, InstructionInfo Info, uint Index, uint Second, ulong Bits)
{
    /// <summary>The offset of a load or store.</summary>
    public uint Offset => (uint)Bits;
}
