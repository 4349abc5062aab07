using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Interpreter;

/// <summary>References and tables.</summary>
internal sealed class TableInstructions(InterpretedInstance instance, List<Cell> operands)
{
    /// <summary>Executes the instruction if it works on references or tables.</summary>
    public bool TryExecute(in Instruction instruction)
    {
        switch (instruction.Opcode)
        {
            case Opcode.RefNull:
                operands.Add(default);
                return true;
            case Opcode.RefIsNull:
                operands.Add(Cell.Of(Pop().Reference is null));
                return true;
            case Opcode.RefFunc:
                operands.Add(new Cell(0, new FunctionIndex((int)instruction.Index)));
                return true;
            case Opcode.TableGet:
                operands.Add(new Cell(0, At(instruction.Index, (uint)Pop().I32)));
                return true;
            case Opcode.TableSet:
                object? element = Pop().Reference;
                uint place = (uint)Pop().I32;
                At(instruction.Index, place);
                instance.Tables[instruction.Index][(int)place] = element;
                return true;
            case Opcode.TableSize:
                operands.Add(Cell.Of(instance.Tables[instruction.Index].Count));
                return true;
            case Opcode.TableGrow:
                operands.Add(Cell.Of(Grow(instruction.Index)));
                return true;
            default:
                return TryExecuteBulk(in instruction);
        }
    }

    /// <summary>The callee of an indirect call.</summary>
    public FunctionIndex Find(int table, uint index, FunctionType expected)
    {
        List<object?> elements = instance.Tables[table];
        if (index >= (uint)elements.Count) throw GuestTrapException.Of(TrapKind.UndefinedElement);
        if (elements[(int)index] is not FunctionIndex function) throw GuestTrapException.Of(TrapKind.UninitializedElement);
        return instance.TypeOf(function).Equals(expected) ? function : throw GuestTrapException.Of(TrapKind.IndirectCallTypeMismatch);
    }

    private bool TryExecuteBulk(in Instruction instruction)
    {
        switch (instruction.Opcode)
        {
            case Opcode.TableFill:
                uint count = (uint)Pop().I32;
                object? element = Pop().Reference;
                uint to = (uint)Pop().I32;
                Write(instruction.Index, to, Enumerable.Repeat(element, (int)Math.Min(count, 1 << 20)), count);
                return true;
            case Opcode.TableCopy:
                Copy(instruction.Index, [.. instance.Tables[instruction.Second]]);
                return true;
            case Opcode.TableInit:
                Copy(instruction.Second, instance.Elements[instruction.Index]);
                return true;
            case Opcode.ElemDrop:
                instance.Elements[instruction.Index] = [];
                return true;
            default:
                return false;
        }
    }

    private void Copy(uint table, object?[] source)
    {
        uint count = (uint)Pop().I32, from = (uint)Pop().I32, to = (uint)Pop().I32;
        if ((ulong)from + count > (ulong)source.Length) throw GuestTrapException.Of(TrapKind.TableOutOfBounds);
        Write(table, to, source.Skip((int)from).Take((int)count), count);
    }

    private void Write(uint table, uint to, IEnumerable<object?> elements, uint count)
    {
        if ((ulong)to + count > (ulong)instance.Tables[table].Count) throw GuestTrapException.Of(TrapKind.TableOutOfBounds);
        instance.Charge((long)FuelCosts.TableElement * count);
        int at = (int)to;
        foreach (object? element in elements.ToArray()) instance.Tables[table][at++] = element;
    }

    private object? At(uint table, uint index) =>
        index < (uint)instance.Tables[table].Count ? instance.Tables[table][(int)index] : throw GuestTrapException.Of(TrapKind.TableOutOfBounds);

    private int Grow(uint table)
    {
        uint count = (uint)Pop().I32;
        object? element = Pop().Reference;
        int before = instance.Tables[table].Count;
        ulong most = Math.Min(instance.Module.Spaces.Tables[table].Limits.Maximum ?? uint.MaxValue, (ulong)instance.Module.Settings.Limits.TableElements);
        if ((ulong)before + count > most) return -1;
        instance.Charge((long)FuelCosts.TableElement * count);
        instance.Tables[table].AddRange(Enumerable.Repeat(element, (int)count));
        return before;
    }

    private Cell Pop()
    {
        Cell top = operands[^1];
        operands.RemoveAt(operands.Count - 1);
        return top;
    }
}
