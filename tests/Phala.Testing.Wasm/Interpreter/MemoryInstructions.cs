using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Interpreter;

/// <summary>Loads, stores and bulk instructions on the memory, byte by byte.</summary>
internal sealed class MemoryInstructions(InterpretedInstance instance, List<Cell> operands)
{
    /// <summary>Executes the instruction if it works on the memory.</summary>
    public bool TryExecute(in Instruction instruction)
    {
        switch (instruction.Opcode)
        {
            case >= Opcode.I32Load and <= Opcode.I64Load32U:
                operands.Add(Load(in instruction, Pop().Bits));
                return true;
            case >= Opcode.I32Store and <= Opcode.I64Store32:
                ulong value = Pop().Bits;
                Store(in instruction, Pop().Bits, value);
                return true;
            case Opcode.MemorySize:
                operands.Add(Cell.Of(instance.Memory.Length / LinearMemory.PageBytes));
                return true;
            case Opcode.MemoryGrow:
                operands.Add(Cell.Of(Grow((uint)Pop().I32)));
                return true;
            case Opcode.MemoryFill:
                Fill();
                return true;
            case Opcode.MemoryCopy:
                Copy(instance.Memory);
                return true;
            case Opcode.MemoryInit:
                Copy(instance.Data[instruction.Index]);
                return true;
            case Opcode.DataDrop:
                instance.Data[instruction.Index] = [];
                return true;
            default:
                return false;
        }
    }

    private Cell Load(in Instruction instruction, ulong address)
    {
        int width = instruction.Info.Width;
        ulong at = Check(address + instruction.Offset, (ulong)width);
        ulong bits = 0;
        for (int i = 0; i < width; i++) bits |= (ulong)instance.Memory[at + (ulong)i] << (8 * i);
        string name = instruction.Opcode.ToString();
        if (name.EndsWith('S'))
        {
            int unused = 64 - (8 * width);
            bits = (ulong)((long)(bits << unused) >> unused);
        }

        return new Cell(name.StartsWith("I32", StringComparison.Ordinal) ? (uint)bits : bits);
    }

    private void Store(in Instruction instruction, ulong address, ulong value)
    {
        int width = instruction.Info.Width;
        ulong at = Check(address + instruction.Offset, (ulong)width);
        for (int i = 0; i < width; i++) instance.Memory[at + (ulong)i] = (byte)(value >> (8 * i));
    }

    private int Grow(uint pages)
    {
        ulong before = (ulong)instance.Memory.Length / LinearMemory.PageBytes;
        ulong most = Math.Min(instance.Module.Spaces.Memories[0].Maximum ?? uint.MaxValue, (ulong)instance.Module.Settings.Limits.MemoryPages);
        if (before + pages > most) return -1;
        instance.Charge((long)FuelCosts.GrowPage * pages);
        instance.Memory = [.. instance.Memory, .. new byte[pages * LinearMemory.PageBytes]];
        return (int)before;
    }

    private void Fill()
    {
        uint count = (uint)Pop().I32;
        byte value = (byte)Pop().Bits;
        ulong to = Check((uint)Pop().I32, count);
        instance.Charge(Cost(count));
        for (ulong i = 0; i < count; i++) instance.Memory[to + i] = value;
    }

    private void Copy(byte[] source)
    {
        uint count = (uint)Pop().I32, from = (uint)Pop().I32;
        ulong to = (uint)Pop().I32;
        if ((ulong)from + count > (ulong)source.Length) throw GuestTrapException.Of(TrapKind.MemoryOutOfBounds);
        Check(to, count);
        instance.Charge(Cost(count));
        byte[] copied = [.. source.Skip((int)from).Take((int)count)];
        for (uint i = 0; i < count; i++) instance.Memory[to + i] = copied[i];
    }

    private static long Cost(uint bytes) => (bytes / FuelCosts.BulkBytesPerUnit) + (bytes % FuelCosts.BulkBytesPerUnit == 0 ? 0 : 1);

    private ulong Check(ulong at, ulong count) =>
        at + count <= (ulong)instance.Memory.Length ? at : throw GuestTrapException.Of(TrapKind.MemoryOutOfBounds);

    private Cell Pop()
    {
        Cell top = operands[^1];
        operands.RemoveAt(operands.Count - 1);
        return top;
    }
}
