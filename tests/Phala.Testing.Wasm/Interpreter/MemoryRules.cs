using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Interpreter;

/// <summary>Memory instructions (specification 4.4.7).</summary>
internal static class MemoryRules
{
    public static OracleValue Load(OracleMemory memory, Instruction instruction, uint address)
    {
        ulong number = memory.Load((ulong)address + instruction.Offset, Width(instruction.Opcode));
        return instruction.Opcode switch
        {
            Opcode.I32Load or Opcode.I32Load8U or Opcode.I32Load16U => OracleValue.I32((uint)number),
            Opcode.I32Load8S => OracleValue.I32(I32Rules.Unary(Opcode.I32Extend8S, (uint)number)),
            Opcode.I32Load16S => OracleValue.I32(I32Rules.Unary(Opcode.I32Extend16S, (uint)number)),
            Opcode.I64Load or Opcode.I64Load8U or Opcode.I64Load16U or Opcode.I64Load32U => OracleValue.I64(number),
            Opcode.I64Load8S => OracleValue.I64(I64Rules.Unary(Opcode.I64Extend8S, number)),
            Opcode.I64Load16S => OracleValue.I64(I64Rules.Unary(Opcode.I64Extend16S, number)),
            Opcode.I64Load32S => OracleValue.I64(I64Rules.Unary(Opcode.I64Extend32S, number)),
            Opcode.F32Load => OracleValue.F32((uint)number),
            _ => OracleValue.F64(number),
        };
    }

    public static void Store(OracleMemory memory, Instruction instruction, uint address, OracleValue value) =>
        memory.Store((ulong)address + instruction.Offset, Width(instruction.Opcode), value.Bits);

    /// <summary>Grows; pages that are really added cost fuel.</summary>
    public static uint Grow(OracleStore store, OracleMemory memory, uint pages)
    {
        if ((ulong)memory.Pages + pages <= memory.Maximum) store.Charge((long)FuelCosts.GrowPage * pages);
        return memory.Grow(pages);
    }

    public static void Fill(OracleStore store, OracleMemory memory, uint target, byte value, uint count)
    {
        memory.RequireRange(target, count);
        store.Charge(OracleCosts.OfBytes(count));
        for (uint i = 0; i < count; i++) memory.Bytes[target + i] = value;
    }

    public static void RequireCopy(byte[] source, OracleMemory memory, uint target, uint from, uint count)
    {
        if ((ulong)from + count > (ulong)source.Length) throw new OracleTrapException(OracleTrap.MemoryOutOfBounds);
        memory.RequireRange(target, count);
    }

    /// <summary>Copies bytes as if all were read before any is written.</summary>
    public static void Copy(byte[] source, OracleMemory memory, uint target, uint from, uint count)
    {
        byte[] copy = source[(int)from..(int)(from + count)];
        for (uint i = 0; i < count; i++) memory.Bytes[target + i] = copy[i];
    }

    /// <summary>The bytes that an instruction touches.</summary>
    private static int Width(Opcode opcode) => opcode switch
    {
        Opcode.I32Load8S or Opcode.I32Load8U or Opcode.I64Load8S or Opcode.I64Load8U or Opcode.I32Store8 or Opcode.I64Store8 => 1,
        Opcode.I32Load16S or Opcode.I32Load16U or Opcode.I64Load16S or Opcode.I64Load16U or Opcode.I32Store16 or Opcode.I64Store16 => 2,
        Opcode.I64Load or Opcode.F64Load or Opcode.I64Store or Opcode.F64Store => 8,
        _ => 4,
    };
}
