using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Interpreter;

/// <summary>The cost table once more, as its documentation tells it.</summary>
internal static class OracleCosts
{
    private static readonly HashSet<Opcode> Free = [Opcode.Nop, Opcode.Block, Opcode.Loop, Opcode.Else, Opcode.End];

    private static readonly HashSet<Opcode> Divisions =
    [
        Opcode.I32DivS, Opcode.I32DivU, Opcode.I32RemS, Opcode.I32RemU, Opcode.I64DivS, Opcode.I64DivU, Opcode.I64RemS, Opcode.I64RemU,
        Opcode.F32Div, Opcode.F64Div, Opcode.F32Sqrt, Opcode.F64Sqrt,
    ];

    private static readonly HashSet<Opcode> BulkInstructions =
    [
        Opcode.MemoryGrow, Opcode.MemoryInit, Opcode.MemoryCopy, Opcode.MemoryFill, Opcode.DataDrop,
        Opcode.TableGrow, Opcode.TableInit, Opcode.TableCopy, Opcode.TableFill, Opcode.ElemDrop,
    ];

    /// <summary>The fuel of an instruction without its cost by size.</summary>
    public static long Of(Instruction instruction)
    {
        Opcode opcode = instruction.Opcode;
        if (Free.Contains(opcode)) return 0;
        if (opcode == Opcode.Call) return FuelCosts.Call;
        if (opcode == Opcode.CallIndirect) return FuelCosts.IndirectCall;
        if (opcode == Opcode.BrTable) return FuelCosts.BranchTable;
        if (Divisions.Contains(opcode)) return FuelCosts.Division;
        if (BulkInstructions.Contains(opcode)) return FuelCosts.Bulk;
        if (opcode is >= Opcode.I32Load and <= Opcode.I64Store32) return FuelCosts.Access;
        return IsFloatConversion(opcode) ? FuelCosts.Conversion : 1;
    }

    /// <summary>The fuel for filling or copying bytes: one unit for each <see cref="FuelCosts.BulkBytesPerUnit"/>, the last one perhaps in part.</summary>
    public static long OfBytes(uint count) => (count / FuelCosts.BulkBytesPerUnit) + (count % FuelCosts.BulkBytesPerUnit == 0 ? 0 : 1);

    /// <summary>The fuel for instantiating a module before its start function runs.</summary>
    public static long OfInstantiation(ModuleDefinition module) =>
        module.Memories.Sum(memory => (long)FuelCosts.GrowPage * memory.Minimum)
        + module.Tables.Sum(table => (long)FuelCosts.TableElement * table.Limits.Minimum)
        + module.Data.Sum(segment => OfBytes((uint)segment.Bytes.Length))
        + module.Elements.Sum(segment => (long)FuelCosts.TableElement * segment.Items.Count);

    /// <summary>One side is an integer and the other a float, or both are floats of different sizes; reinterpretation is none.</summary>
    private static bool IsFloatConversion(Opcode opcode) => opcode is
        Opcode.I32TruncF32S or Opcode.I32TruncF32U or Opcode.I32TruncF64S or Opcode.I32TruncF64U
        or Opcode.I64TruncF32S or Opcode.I64TruncF32U or Opcode.I64TruncF64S or Opcode.I64TruncF64U
        or (>= Opcode.F32ConvertI32S and <= Opcode.F32DemoteF64) or (>= Opcode.F64ConvertI32S and <= Opcode.F64PromoteF32)
        or (>= Opcode.I32TruncSatF32S and <= Opcode.I64TruncSatF64U);
}
