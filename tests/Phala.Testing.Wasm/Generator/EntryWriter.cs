using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Generator;

/// <summary>Writes the entries of a module: functions without parameters whose results any engine can report exactly.</summary>
internal static class EntryWriter
{
    private const int HashedBytes = 2048;
    private const long Prime = 0x100000001B3;

    /// <summary>Calls a function with constant arguments; floats come back as their bits and references as whether they are null.</summary>
    public static (FunctionType Type, FunctionBody Body) Entry(Choice choice, ModuleShape shape, uint function)
    {
        FunctionType called = shape.TypeOf(function);
        ValueKind[] results = called.Results.ToArray();
        CodeWriter code = new();
        code.I32(choice.Between(1, 12)).Op(Opcode.GlobalSet, shape.CallBudget);
        foreach (ValueKind kind in called.Parameters) BodyGenerator.WriteConstant(code, choice, shape, kind);
        code.Op(Opcode.Call, function);
        for (int i = results.Length - 1; i >= 0; i--) code.Op(Opcode.LocalSet, (uint)i);
        for (int i = 0; i < results.Length; i++)
        {
            code.Op(Opcode.LocalGet, (uint)i);
            ToInteger(code, results[i]);
        }

        code.Op(Opcode.End);
        FunctionType type = new([], [.. results.Select(IntegerOf)]);
        return (type, new FunctionBody([.. results.Select(kind => new LocalGroup(1, kind))], code.ToArray()));
    }

    /// <summary>Digests the first bytes of the memory, all globals but the call budget, and the sizes of memory and tables into an i64.</summary>
    public static (FunctionType Type, FunctionBody Body) Hash(ModuleShape shape)
    {
        CodeWriter code = new();
        if (shape.HasMemory)
        {
            code.Open(Opcode.Loop);
            code.Op(Opcode.LocalGet, 1).Op(Opcode.LocalGet, 0).Access(Opcode.I64Load);
            Mix(code);
            code.Op(Opcode.LocalGet, 0).I32(8).Op(Opcode.I32Add).Op(Opcode.LocalTee, 0).I32(HashedBytes).Op(Opcode.I32LtU).Op(Opcode.BrIf, 0).Op(Opcode.End);
            code.Op(Opcode.LocalGet, 1).Op(Opcode.MemorySize, 0).Op(Opcode.I64ExtendI32U);
            Mix(code);
        }

        for (uint i = 0; i < shape.Globals.Count; i++)
        {
            if (i == shape.CallBudget) continue;
            ValueKind kind = shape.Globals[(int)i].Kind;
            code.Op(Opcode.LocalGet, 1).Op(Opcode.GlobalGet, i);
            ToInteger(code, kind);
            if (IntegerOf(kind) == ValueKind.I32) code.Op(Opcode.I64ExtendI32U);
            Mix(code);
        }

        for (uint i = 0; i < shape.Tables.Count; i++)
        {
            code.Op(Opcode.LocalGet, 1).Op(Opcode.TableSize, i).Op(Opcode.I64ExtendI32U);
            Mix(code);
        }

        code.Op(Opcode.LocalGet, 1).Op(Opcode.End);
        return (new FunctionType([], [ValueKind.I64]), new FunctionBody([new LocalGroup(1, ValueKind.I32), new LocalGroup(1, ValueKind.I64)], code.ToArray()));
    }

    /// <summary>digest = (digest xor value) · prime + 1</summary>
    private static void Mix(CodeWriter code) => code.Op(Opcode.I64Xor).I64(Prime).Op(Opcode.I64Mul).I64(1).Op(Opcode.I64Add).Op(Opcode.LocalSet, 1);

    private static ValueKind IntegerOf(ValueKind kind) => kind is ValueKind.I64 or ValueKind.F64 ? ValueKind.I64 : ValueKind.I32;

    private static void ToInteger(CodeWriter code, ValueKind kind)
    {
        switch (kind)
        {
            case ValueKind.F32:
                code.Op(Opcode.I32ReinterpretF32);
                break;
            case ValueKind.F64:
                code.Op(Opcode.I64ReinterpretF64);
                break;
            case ValueKind.FuncRef or ValueKind.ExternRef:
                code.Op(Opcode.RefIsNull);
                break;
            default:
                break;
        }
    }
}
