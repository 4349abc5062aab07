using Phala.Wasm.Binary;
using Phala.Wasm.Validation;
using static Phala.Wasm.Binary.Opcode;

namespace Phala.Wasm;

/// <summary>
/// What everything costs, in fuel. One unit is about the work of one simple instruction. The costs are part of the profile that contracts rely
/// on (<c>docs/formats/wasm-profile.md</c>): they are the same on every machine and in every mode of compilation.
/// </summary>
public static class FuelCosts
{
    /// <summary>A call, on top of what the called function charges for itself.</summary>
    public const int Call = 10;

    /// <summary>A call through a table.</summary>
    public const int IndirectCall = 16;

    /// <summary>A load or store.</summary>
    public const int Access = 2;

    /// <summary>An integer division or remainder, a floating-point division or square root.</summary>
    public const int Division = 8;

    /// <summary>A conversion between integers and floating point.</summary>
    public const int Conversion = 2;

    /// <summary>A branch through a table of labels.</summary>
    public const int BranchTable = 3;

    /// <summary>An instruction on many bytes or elements, on top of the cost by size.</summary>
    public const int Bulk = 16;

    /// <summary>Bytes that one unit fills or copies.</summary>
    public const int BulkBytesPerUnit = 8;

    /// <summary>Each page that a memory grows by, when it grows.</summary>
    public const int GrowPage = 16_384;

    /// <summary>Each element that a table instruction writes or a table grows by, when it grows.</summary>
    public const int TableElement = 2;

    /// <summary>Local variables beyond the parameters that one unit clears.</summary>
    public const int LocalsPerUnit = 4;

    /// <summary>Bytes to compile that a function counts for itself. Each of its local variables counts one more.</summary>
    public const int CompiledFunction = 128;

    /// <summary>Bytes to compile that a call counts beside its code.</summary>
    public const int CompiledCall = 8;

    /// <summary>Bytes to compile that each value counts which a call takes or gives, a branch passes to one of its labels, or a global gives or takes.</summary>
    public const int CompiledValue = 4;

    /// <summary>The fuel for instantiating a module before its start function runs: memory, tables and segments.</summary>
    internal static long OfInstantiation(IndexSpaces spaces)
    {
        ModuleDefinition module = spaces.Module;
        long cost = 0;
        foreach (Limits memory in module.Memories) cost += (long)GrowPage * memory.Minimum;
        foreach (TableType table in module.Tables) cost += (long)TableElement * table.Limits.Minimum;
        foreach (DataSegment segment in module.Data) cost += OfBytes((uint)segment.Bytes.Length);
        foreach (ElementSegment segment in module.Elements) cost += (long)TableElement * segment.Items.Count;
        return cost;
    }

    /// <summary>The bytes that the compilation of all functions counts as.</summary>
    internal static long CompiledBytes(IndexSpaces spaces, FunctionMeasure[] measures)
    {
        long bytes = 0;
        for (int i = 0; i < measures.Length; i++) bytes += CompiledBytes(spaces.Module.Bodies[i], measures[i]);
        return bytes;
    }

    /// <summary>The bytes that the compilation of a function counts as. Its time is bounded by them: about 4 ms for 1,024 on the processors of today.</summary>
    internal static long CompiledBytes(FunctionBody body, FunctionMeasure measure) =>
        CompiledFunction + body.Code.Length + (long)body.LocalCount + ((long)CompiledCall * measure.Calls) + (CompiledValue * measure.PassedValues);

    /// <summary>The fuel for filling or copying bytes.</summary>
    internal static long OfBytes(uint count) => ((long)count + BulkBytesPerUnit - 1) / BulkBytesPerUnit;

    /// <summary>The fuel of an instruction without its cost by size.</summary>
    internal static int Of(Opcode opcode, InstructionInfo info) => opcode switch
    {
        Nop or Block or Loop or Else or End => 0,
        Opcode.Call => Call,
        CallIndirect => IndirectCall,
        BrTable => BranchTable,
        I32DivS or I32DivU or I32RemS or I32RemU or I64DivS or I64DivU or I64RemS or I64RemU => Division,
        F32Div or F64Div or F32Sqrt or F64Sqrt => Division,
        >= I32TruncF32S and <= I32TruncF64U or >= I64TruncF32S and <= F64PromoteF32 => Conversion,
        >= I32TruncSatF32S and <= I64TruncSatF64U => Conversion,
        MemoryGrow or TableGrow or TableFill => Bulk,
        >= MemoryInit and <= TableCopy => Bulk,
        _ => info.Width > 0 ? Access : 1,
    };
}
