using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Interpreter;

/// <summary>Instructions on tables and on the memory as a whole (specification 4.4.6, 4.4.7). What grows or moves costs fuel by its size, charged once the bounds are known to hold.</summary>
internal static class BulkInstructions
{
    public static void Execute(OracleMachine machine, OracleInstance instance, Instruction instruction)
    {
        switch (instruction.Opcode)
        {
            case Opcode.MemorySize:
                machine.Push(OracleValue.I32(instance.Memories[0].Pages));
                break;
            case Opcode.MemoryGrow:
                machine.Push(OracleValue.I32(MemoryRules.Grow(machine.Store, instance.Memories[0], machine.Pop().Low)));
                break;
            case Opcode.DataDrop:
                instance.Data[instruction.Index] = [];
                break;
            case Opcode.ElemDrop:
                instance.Elements[instruction.Index] = [];
                break;
            case Opcode.MemoryInit or Opcode.MemoryCopy or Opcode.MemoryFill:
                MoveBytes(machine, instance, instruction);
                break;
            case Opcode.TableInit or Opcode.TableCopy:
                MoveReferences(machine, instance, instruction);
                break;
            default:
                Table(machine, instance.Tables[(int)instruction.Index], instruction.Opcode);
                break;
        }
    }

    private static void MoveBytes(OracleMachine machine, OracleInstance instance, Instruction instruction)
    {
        uint count = machine.Pop().Low, second = machine.Pop().Low, target = machine.Pop().Low;
        OracleMemory memory = instance.Memories[0];
        if (instruction.Opcode == Opcode.MemoryFill)
        {
            MemoryRules.Fill(machine.Store, memory, target, (byte)second, count);
            return;
        }

        byte[] source = instruction.Opcode == Opcode.MemoryCopy ? memory.Bytes : instance.Data[instruction.Index];
        MemoryRules.RequireCopy(source, memory, target, second, count);
        machine.Store.Charge(OracleCosts.OfBytes(count));
        MemoryRules.Copy(source, memory, target, second, count);
    }

    private static void MoveReferences(OracleMachine machine, OracleInstance instance, Instruction instruction)
    {
        uint count = machine.Pop().Low, from = machine.Pop().Low, target = machine.Pop().Low;
        bool fromSegment = instruction.Opcode == Opcode.TableInit;
        OracleValue[] source = fromSegment ? instance.Elements[instruction.Index] : instance.Tables[(int)instruction.Second].Items;
        OracleTable table = instance.Tables[(int)(fromSegment ? instruction.Second : instruction.Index)];
        TableRules.RequireCopy(source, table, target, from, count);
        machine.Store.Charge((long)FuelCosts.TableElement * count);
        TableRules.Copy(source, table, target, from, count);
    }

    private static void Table(OracleMachine machine, OracleTable table, Opcode opcode)
    {
        switch (opcode)
        {
            case Opcode.TableGet:
                machine.Push(TableRules.Get(table, machine.Pop().Low));
                break;
            case Opcode.TableSet:
                OracleValue value = machine.Pop();
                TableRules.Set(table, machine.Pop().Low, value);
                break;
            case Opcode.TableSize:
                machine.Push(OracleValue.I32(table.Size));
                break;
            case Opcode.TableGrow:
                uint delta = machine.Pop().Low;
                machine.Push(OracleValue.I32(TableRules.Grow(machine.Store, table, machine.Pop(), delta)));
                break;
            default:
                uint count = machine.Pop().Low;
                OracleValue filling = machine.Pop();
                uint target = machine.Pop().Low;
                TableRules.Fill(machine.Store, table, target, filling, count);
                break;
        }
    }
}
