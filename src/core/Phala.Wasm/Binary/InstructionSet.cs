using static Phala.Wasm.Binary.Opcode;

namespace Phala.Wasm.Binary;

/// <summary>The table of all instructions that the engine knows (specification 5.4, 7.10).</summary>
internal static class InstructionSet
{
    private const int PrefixedCount = 18;

    private static readonly InstructionInfo?[] Plain = new InstructionInfo?[256];
    private static readonly InstructionInfo?[] Prefixed = new InstructionInfo?[PrefixedCount];

    static InstructionSet()
    {
        DefineControl();
        DefineVariables();
        DefineMemory();
        DefineNumbers();
        DefineConversions();
        DefineBulk();
    }

    /// <summary>Every instruction.</summary>
    public static IEnumerable<Opcode> All => Enum.GetValues<Opcode>();

    /// <summary>The facts about an instruction, or null where there is none of this number.</summary>
    public static InstructionInfo? Find(Opcode opcode)
    {
        int number = (int)opcode;
        if (number < 256) return Plain[number];
        int sub = number - 0xFC00;
        return sub is >= 0 and < PrefixedCount ? Prefixed[sub] : null;
    }

    private static void DefineControl()
    {
        Define(Immediate.None, null, Unreachable, Else, End, Return, Drop, Select, RefIsNull);
        Define(Immediate.None, ":", Nop);
        Define(Immediate.Block, null, Block, Loop, If);
        Define(Immediate.Label, null, Br, BrIf);
        Define(Immediate.LabelTable, null, BrTable);
        Define(Immediate.Function, null, Call, RefFunc);
        Define(Immediate.IndirectCall, null, CallIndirect);
        Define(Immediate.Types, null, SelectTyped);
        Define(Immediate.ReferenceType, null, RefNull);
    }

    private static void DefineVariables()
    {
        Define(Immediate.Local, null, LocalGet, LocalSet, LocalTee);
        Define(Immediate.Global, null, GlobalGet, GlobalSet);
        Define(Immediate.Table, null, TableGet, TableSet, TableGrow, TableFill);
        Define(Immediate.Table, ":i", TableSize);
        Define(Immediate.I32, ":i", I32Const);
        Define(Immediate.I64, ":l", I64Const);
        Define(Immediate.F32, ":f", F32Const);
        Define(Immediate.F64, ":d", F64Const);
    }

    private static void DefineMemory()
    {
        DefineAccess(1, "i:i", I32Load8S, I32Load8U);
        DefineAccess(2, "i:i", I32Load16S, I32Load16U);
        DefineAccess(4, "i:i", I32Load);
        DefineAccess(4, "i:f", F32Load);
        DefineAccess(1, "i:l", I64Load8S, I64Load8U);
        DefineAccess(2, "i:l", I64Load16S, I64Load16U);
        DefineAccess(4, "i:l", I64Load32S, I64Load32U);
        DefineAccess(8, "i:l", I64Load);
        DefineAccess(8, "i:d", F64Load);
        DefineAccess(1, "ii:", I32Store8);
        DefineAccess(2, "ii:", I32Store16);
        DefineAccess(4, "ii:", I32Store);
        DefineAccess(4, "if:", F32Store);
        DefineAccess(1, "il:", I64Store8);
        DefineAccess(2, "il:", I64Store16);
        DefineAccess(4, "il:", I64Store32);
        DefineAccess(8, "il:", I64Store);
        DefineAccess(8, "id:", F64Store);
        Define(Immediate.Memory, ":i", MemorySize);
        Define(Immediate.Memory, "i:i", MemoryGrow);
    }

    private static void DefineNumbers()
    {
        DefineRange("i:i", I32Eqz, I32Eqz);
        DefineRange("ii:i", I32Eq, I32GeU);
        DefineRange("l:i", I64Eqz, I64Eqz);
        DefineRange("ll:i", I64Eq, I64GeU);
        DefineRange("ff:i", F32Eq, F32Ge);
        DefineRange("dd:i", F64Eq, F64Ge);
        DefineRange("i:i", I32Clz, I32Popcnt);
        DefineRange("ii:i", I32Add, I32Rotr);
        DefineRange("l:l", I64Clz, I64Popcnt);
        DefineRange("ll:l", I64Add, I64Rotr);
        DefineRange("f:f", F32Abs, F32Sqrt);
        DefineRange("ff:f", F32Add, F32Copysign);
        DefineRange("d:d", F64Abs, F64Sqrt);
        DefineRange("dd:d", F64Add, F64Copysign);
    }

    private static void DefineConversions()
    {
        DefineRange("f:i", I32TruncF32S, I32TruncF32U);
        DefineRange("d:i", I32TruncF64S, I32TruncF64U);
        DefineRange("f:l", I64TruncF32S, I64TruncF32U);
        DefineRange("d:l", I64TruncF64S, I64TruncF64U);
        DefineRange("i:f", F32ConvertI32S, F32ConvertI32U);
        DefineRange("l:f", F32ConvertI64S, F32ConvertI64U);
        DefineRange("i:d", F64ConvertI32S, F64ConvertI32U);
        DefineRange("l:d", F64ConvertI64S, F64ConvertI64U);
        Define(Immediate.None, "l:i", I32WrapI64);
        Define(Immediate.None, "i:l", I64ExtendI32S, I64ExtendI32U);
        Define(Immediate.None, "d:f", F32DemoteF64);
        Define(Immediate.None, "f:d", F64PromoteF32);
        Define(Immediate.None, "f:i", I32ReinterpretF32);
        Define(Immediate.None, "d:l", I64ReinterpretF64);
        Define(Immediate.None, "i:f", F32ReinterpretI32);
        Define(Immediate.None, "l:d", F64ReinterpretI64);
        DefineRange("i:i", I32Extend8S, I32Extend16S);
        DefineRange("l:l", I64Extend8S, I64Extend32S);
        DefineRange("f:i", I32TruncSatF32S, I32TruncSatF32U);
        DefineRange("d:i", I32TruncSatF64S, I32TruncSatF64U);
        DefineRange("f:l", I64TruncSatF32S, I64TruncSatF32U);
        DefineRange("d:l", I64TruncSatF64S, I64TruncSatF64U);
    }

    private static void DefineBulk()
    {
        Define(Immediate.DataAndMemory, "iii:", MemoryInit);
        Define(Immediate.Data, ":", DataDrop);
        Define(Immediate.TwoMemories, "iii:", MemoryCopy);
        Define(Immediate.Memory, "iii:", MemoryFill);
        Define(Immediate.ElementAndTable, "iii:", TableInit);
        Define(Immediate.Element, ":", ElemDrop);
        Define(Immediate.TwoTables, "iii:", TableCopy);
    }

    private static void DefineRange(string signature, Opcode first, Opcode last)
    {
        for (Opcode opcode = first; opcode <= last; opcode++) Define(Immediate.None, signature, opcode);
    }

    private static void DefineAccess(int width, string signature, params ReadOnlySpan<Opcode> opcodes)
    {
        foreach (Opcode opcode in opcodes) Set(opcode, new InstructionInfo(Immediate.MemoryArgument, FunctionType.Parse(signature), width));
    }

    private static void Define(Immediate immediate, string? signature, params ReadOnlySpan<Opcode> opcodes)
    {
        FunctionType? type = signature is null ? null : FunctionType.Parse(signature);
        foreach (Opcode opcode in opcodes) Set(opcode, new InstructionInfo(immediate, type, 0));
    }

    private static void Set(Opcode opcode, InstructionInfo info)
    {
        if ((int)opcode < 256) Plain[(int)opcode] = info;
        else Prefixed[(int)opcode - 0xFC00] = info;
    }
}
