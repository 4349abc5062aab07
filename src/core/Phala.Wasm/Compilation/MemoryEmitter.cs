using System.Reflection.Emit;
using Phala.Wasm.Binary;
using static Phala.Wasm.Binary.Opcode;

namespace Phala.Wasm.Compilation;

/// <summary>
/// Emits loads and stores. The address is the 33-bit sum of operand and offset, held in a native integer; it is compared with the memory's length
/// before every access, except where an earlier comparison in the same straight line covers it or the memory's minimum does.
/// </summary>
internal sealed class MemoryEmitter(ILGenerator il, Frame frame, OperandStack operands, ulong minimumBytes)
{
    /// <summary>For each local that serves as address: the end that was compared since it was last assigned. Memories never shrink.</summary>
    private readonly Dictionary<ulong, ulong> _checkedEnds = [];

    private LocalBuilder? _address;

    /// <summary>Forgets what was compared, where paths join.</summary>
    public void ForgetAll() => _checkedEnds.Clear();

    /// <summary>Forgets what was compared of a local that is assigned.</summary>
    public void Forget(uint local) => _checkedEnds.Remove(local);

    public void EmitLoad(in Instruction instruction)
    {
        ulong end = instruction.Offset + (ulong)instruction.Info.Width;
        EmitAddress(operands[0], instruction.Offset, end);
        (OpCode load, OpCode? convert) = LoadOf(instruction.Opcode);
        il.Emit(OpCodes.Unaligned, (byte)1);
        il.Emit(load);
        if (convert is { } conversion) il.Emit(conversion);
        operands.PushResult(instruction.Info.Type!.Results[0], 1);
    }

    public void EmitStore(in Instruction instruction)
    {
        ulong end = instruction.Offset + (ulong)instruction.Info.Width;
        ValueKind kind = operands[0].Kind;
        int valueHeight = operands.Count - 1;
        Operand value = operands[0];
        bool inSlot = value.Place is OperandPlace.Evaluation or OperandPlace.Slot || value.MayBeAnyNaN;
        if (inSlot)
        {
            operands.Load(1);
            operands.StoreSlot(valueHeight, kind);
        }
        else
        {
            operands.Drop();
        }

        EmitAddress(operands[0], instruction.Offset, end);
        EmitValue(value, inSlot, valueHeight);
        if (kind == ValueKind.I64 && instruction.Info.Width < 8) il.Emit(OpCodes.Conv_I4);
        il.Emit(OpCodes.Unaligned, (byte)1);
        il.Emit(StoreOf(instruction.Opcode));
    }

    private void EmitValue(Operand value, bool inSlot, int height)
    {
        if (inSlot)
        {
            operands.LoadSlot(height, value.Kind);
            return;
        }

        if (value.Place == OperandPlace.Constant) operands.PushConstant(value.Kind, value.Bits);
        else operands.PushLocal((uint)value.Bits);
        operands.Load(1);
    }

    /// <summary>Pops the address operand and leaves a reference to the first byte on the evaluation stack, after the comparison.</summary>
    private void EmitAddress(Operand address, uint offset, ulong end)
    {
        if (address.Place == OperandPlace.Constant && address.Bits + end <= minimumBytes)
        {
            operands.Drop();
            frame.EmitMemory();
            EmitOffset(address.Bits + offset);
            return;
        }

        bool isChecked = address.Place == OperandPlace.Local && _checkedEnds.TryGetValue(address.Bits, out ulong known) && end <= known;
        operands.Load(1);
        il.Emit(OpCodes.Conv_U);
        if (!isChecked)
        {
            EmitComparison(end);
            if (address.Place == OperandPlace.Local) _checkedEnds[address.Bits] = end;
        }

        frame.EmitMemory();
        il.Emit(OpCodes.Add);
        EmitOffset(offset);
    }

    /// <summary>Compares the address on the evaluation stack with the memory's length and leaves it there.</summary>
    private void EmitComparison(ulong end)
    {
        _address ??= il.DeclareLocal(typeof(nuint));
        il.Emit(OpCodes.Stloc, _address);
        operands.SpillEvaluation();
        il.Emit(OpCodes.Ldloc, _address);
        EmitOffset(end);
        frame.EmitMemoryLength();
        il.Emit(OpCodes.Bgt_Un, frame.TrapLabel(TrapKind.MemoryOutOfBounds));
        il.Emit(OpCodes.Ldloc, _address);
    }

    private void EmitOffset(ulong offset)
    {
        if (offset == 0) return;
        il.Emit(OpCodes.Ldc_I8, (long)offset);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Add);
    }

    private static (OpCode Load, OpCode? Convert) LoadOf(Opcode opcode) => opcode switch
    {
        I32Load => (OpCodes.Ldind_I4, null),
        I64Load => (OpCodes.Ldind_I8, null),
        F32Load => (OpCodes.Ldind_R4, null),
        F64Load => (OpCodes.Ldind_R8, null),
        I32Load8S => (OpCodes.Ldind_I1, null),
        I32Load8U => (OpCodes.Ldind_U1, null),
        I32Load16S => (OpCodes.Ldind_I2, null),
        I32Load16U => (OpCodes.Ldind_U2, null),
        I64Load8S => (OpCodes.Ldind_I1, OpCodes.Conv_I8),
        I64Load8U => (OpCodes.Ldind_U1, OpCodes.Conv_U8),
        I64Load16S => (OpCodes.Ldind_I2, OpCodes.Conv_I8),
        I64Load16U => (OpCodes.Ldind_U2, OpCodes.Conv_U8),
        I64Load32S => (OpCodes.Ldind_I4, OpCodes.Conv_I8),
        _ => (OpCodes.Ldind_U4, OpCodes.Conv_U8),
    };

    private static OpCode StoreOf(Opcode opcode) => opcode switch
    {
        I32Store8 or I64Store8 => OpCodes.Stind_I1,
        I32Store16 or I64Store16 => OpCodes.Stind_I2,
        I32Store or I64Store32 => OpCodes.Stind_I4,
        F32Store => OpCodes.Stind_R4,
        F64Store => OpCodes.Stind_R8,
        _ => OpCodes.Stind_I8,
    };
}
