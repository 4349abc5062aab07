using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Interpreter;

/// <summary>The instructions without control flow (specification 4.4.1–4.4.7).</summary>
internal static class Instructions
{
    public static void Execute(OracleMachine machine, OracleFrame frame, Instruction instruction)
    {
        switch (instruction.Opcode)
        {
            case Opcode.Unreachable:
                throw new OracleTrapException(OracleTrap.Unreachable);
            case Opcode.Nop:
                break;
            case >= Opcode.Drop and <= Opcode.SelectTyped:
                Choose(machine, instruction.Opcode);
                break;
            case >= Opcode.LocalGet and <= Opcode.GlobalSet:
                Variable(machine, frame, instruction);
                break;
            case >= Opcode.I32Load and <= Opcode.I64Load32U:
                machine.Push(MemoryRules.Load(frame.Instance.Memories[0], instruction, machine.Pop().Low));
                break;
            case >= Opcode.I32Store and <= Opcode.I64Store32:
                OracleValue stored = machine.Pop();
                MemoryRules.Store(frame.Instance.Memories[0], instruction, machine.Pop().Low, stored);
                break;
            case >= Opcode.I32Const and <= Opcode.F64Const:
                machine.Push(Constant(instruction));
                break;
            case (>= Opcode.I32Eqz and <= Opcode.I64Extend32S) or (>= Opcode.I32TruncSatF32S and <= Opcode.I64TruncSatF64U):
                Numeric(machine, instruction);
                break;
            case Opcode.RefNull:
                machine.Push(OracleValue.Default((ValueKind)instruction.Bits));
                break;
            case Opcode.RefIsNull:
                machine.Push(OracleValue.Truth(machine.Pop().Reference is null));
                break;
            case Opcode.RefFunc:
                machine.Push(new OracleValue(ValueKind.FuncRef, 0, frame.Instance.Functions[(int)instruction.Index]));
                break;
            default:
                BulkInstructions.Execute(machine, frame.Instance, instruction);
                break;
        }
    }

    private static void Choose(OracleMachine machine, Opcode opcode)
    {
        OracleValue top = machine.Pop();
        if (opcode == Opcode.Drop) return;
        OracleValue second = machine.Pop();
        OracleValue first = machine.Pop();
        machine.Push(top.Low != 0 ? first : second);
    }

    private static void Variable(OracleMachine machine, OracleFrame frame, Instruction instruction)
    {
        int index = (int)instruction.Index;
        switch (instruction.Opcode)
        {
            case Opcode.LocalGet:
                machine.Push(frame.Locals[index]);
                break;
            case Opcode.LocalSet:
                frame.Locals[index] = machine.Pop();
                break;
            case Opcode.LocalTee:
                frame.Locals[index] = machine.Values[^1];
                break;
            case Opcode.GlobalGet:
                machine.Push(frame.Instance.Globals[index].Value);
                break;
            default:
                frame.Instance.Globals[index].Value = machine.Pop();
                break;
        }
    }

    private static OracleValue Constant(Instruction instruction) => instruction.Opcode switch
    {
        Opcode.I32Const => OracleValue.I32((uint)instruction.Bits),
        Opcode.I64Const => OracleValue.I64(instruction.Bits),
        Opcode.F32Const => OracleValue.F32((uint)instruction.Bits),
        _ => OracleValue.F64(instruction.Bits),
    };

    private static void Numeric(OracleMachine machine, Instruction instruction)
    {
        OracleValue top = machine.Pop();
        machine.Push(instruction.Info.Type!.Parameters.Length == 1
            ? NumericRules.Unary(instruction.Opcode, top)
            : NumericRules.Binary(instruction.Opcode, machine.Pop(), top));
    }
}
