using System.Reflection.Emit;
using Phala.Wasm.Binary;
using Phala.Wasm.Execution;
using Phala.Wasm.Validation;

namespace Phala.Wasm.Compilation;

/// <summary>Emits what works on locals, globals, references, tables and memory as a whole.</summary>
internal sealed class VariableEmitter(
    ILGenerator il, IndexSpaces spaces, FunctionLocals locals, Frame frame, OperandStack operands, MemoryEmitter memory)
{
    private LocalBuilder? _condition;

    public void Emit(in Instruction instruction)
    {
        switch (instruction.Opcode)
        {
            case Opcode.Drop:
                operands.Drop();
                break;
            case Opcode.Select or Opcode.SelectTyped:
                EmitSelect();
                break;
            case Opcode.LocalGet:
                operands.PushLocal(instruction.Index);
                break;
            case Opcode.LocalSet:
                EmitAssign(instruction.Index);
                break;
            case Opcode.LocalTee:
                EmitAssign(instruction.Index);
                operands.PushLocal(instruction.Index);
                break;
            case Opcode.GlobalGet:
                EmitGlobalGet(instruction.Index);
                break;
            case Opcode.GlobalSet:
                EmitGlobalSet(instruction.Index);
                break;
            case Opcode.RefNull:
                operands.PushConstant((ValueKind)instruction.Bits, 0);
                break;
            case Opcode.RefIsNull:
                int depth = operands.Load(1);
                il.Emit(OpCodes.Ldnull);
                il.Emit(OpCodes.Ceq);
                operands.PushResult(ValueKind.I32, depth + 1);
                break;
            case Opcode.RefFunc:
                il.Emit(OpCodes.Ldarg_0);
                il.Emit(OpCodes.Ldc_I4, (int)instruction.Index);
                il.Emit(OpCodes.Call, RuntimeMembers.FunctionReference);
                operands.PushResult(ValueKind.FuncRef);
                break;
            case Opcode.MemorySize:
                frame.EmitMemoryLength();
                il.Emit(OpCodes.Ldc_I4, 16);
                il.Emit(OpCodes.Shr_Un);
                il.Emit(OpCodes.Conv_I4);
                operands.PushResult(ValueKind.I32, 1);
                break;
            default:
                EmitBulk(in instruction);
                break;
        }
    }

    private void EmitAssign(uint local)
    {
        // The value may itself be made of the local; operands below may still mean its former value.
        Operand value = operands[0];
        if (value.Place == OperandPlace.Local && value.Bits == local)
        {
            operands.Drop();
            return;
        }

        operands.Load(1, anyNaN: locals.MayHoldAnyNaN(local));
        operands.SpillLocal(local);
        locals.EmitStore(local);
        memory.Forget(local);
    }

    private void EmitSelect()
    {
        // Both values are computed already, so the choice is between slots.
        ValueKind kind = operands[1].Kind;
        operands.SpillEvaluationBelowTop();
        operands.LoadCondition();
        _condition ??= il.DeclareLocal(typeof(int));
        il.Emit(OpCodes.Stloc, _condition);
        operands.SpillEvaluation();
        int height = operands.Count - 2;
        Label first = il.DefineLabel(), done = il.DefineLabel();
        il.Emit(OpCodes.Ldloc, _condition);
        il.Emit(OpCodes.Brtrue, first);
        operands.MoveToLabel(1, height);
        il.Emit(OpCodes.Br, done);
        il.MarkLabel(first);
        operands.MoveSecondToLabel(height);
        il.MarkLabel(done);
        operands.Truncate(height);
        operands.PushSlots([kind]);
    }

    private void EmitGlobal(uint index)
    {
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldfld, RuntimeMembers.InstanceGlobals);
        il.Emit(OpCodes.Ldc_I4, (int)index);
        il.Emit(OpCodes.Ldelem_Ref);
    }

    private void EmitGlobalGet(uint index)
    {
        ValueKind kind = spaces.Globals[index].Kind;
        EmitGlobal(index);
        if (kind.IsReference())
        {
            il.Emit(OpCodes.Ldfld, RuntimeMembers.GlobalReference);
        }
        else
        {
            il.Emit(OpCodes.Ldfld, RuntimeMembers.GlobalBits);
            Results.EmitOfBits(il, kind);
        }

        operands.PushResult(kind, 2);
    }

    private void EmitGlobalSet(uint index)
    {
        ValueKind kind = spaces.Globals[index].Kind;
        int height = operands.Count - 1;
        operands.Load(1);
        operands.StoreSlot(height, kind);
        EmitGlobal(index);
        operands.LoadSlot(height, kind);
        if (kind.IsReference())
        {
            il.Emit(OpCodes.Stfld, RuntimeMembers.GlobalReference);
            return;
        }

        Results.EmitToBits(il, kind);
        il.Emit(OpCodes.Stfld, RuntimeMembers.GlobalBits);
    }

    private void EmitBulk(in Instruction instruction)
    {
        switch (instruction.Opcode)
        {
            case Opcode.MemoryGrow:
                EmitHelper(nameof(BulkOperations.GrowMemory), 1, ValueKind.I32);
                break;
            case Opcode.MemoryFill:
                EmitHelper(nameof(BulkOperations.FillMemory), 3, ValueKind.None);
                break;
            case Opcode.MemoryCopy:
                EmitHelper(nameof(BulkOperations.CopyMemory), 3, ValueKind.None);
                break;
            case Opcode.MemoryInit:
                EmitHelper(nameof(BulkOperations.InitMemoryMetered), 3, ValueKind.None, instruction.Index);
                break;
            case Opcode.DataDrop:
                EmitHelper(nameof(BulkOperations.DropData), 0, ValueKind.None, instruction.Index);
                break;
            case Opcode.ElemDrop:
                EmitHelper(nameof(BulkOperations.DropElements), 0, ValueKind.None, instruction.Index);
                break;
            case Opcode.TableGet:
                EmitHelper(nameof(BulkOperations.GetElement), 1, spaces.Tables[instruction.Index].Element, instruction.Index);
                break;
            case Opcode.TableSet:
                EmitHelper(nameof(BulkOperations.SetElement), 2, ValueKind.None, instruction.Index);
                break;
            case Opcode.TableSize:
                EmitHelper(nameof(BulkOperations.TableSize), 0, ValueKind.I32, instruction.Index);
                break;
            case Opcode.TableGrow:
                EmitHelper(nameof(BulkOperations.GrowTable), 2, ValueKind.I32, instruction.Index);
                break;
            case Opcode.TableFill:
                EmitHelper(nameof(BulkOperations.FillTable), 3, ValueKind.None, instruction.Index);
                break;
            case Opcode.TableCopy:
                EmitHelper(nameof(BulkOperations.CopyTable), 3, ValueKind.None, instruction.Index, instruction.Second);
                break;
            default:
                EmitHelper(nameof(BulkOperations.InitTableMetered), 3, ValueKind.None, instruction.Index, instruction.Second);
                break;
        }
    }

    /// <summary>Calls a helper with the instance, the immediates and the operands; it may trap, charge, and move the memory.</summary>
    private void EmitHelper(string name, int operandCount, ValueKind result, params ReadOnlySpan<uint> immediates)
    {
        operands.Prepare(operandCount);
        frame.EmitSaveFuel();
        il.Emit(OpCodes.Ldarg_0);
        foreach (uint immediate in immediates) il.Emit(OpCodes.Ldc_I4, (int)immediate);
        operands.Load(operandCount);
        il.Emit(OpCodes.Call, RuntimeMembers.Bulk(name));
        if (result != ValueKind.None) operands.StoreSlot(operands.Count, result);
        frame.EmitReload();
        if (result != ValueKind.None) operands.PushSlots([result]);
    }
}
