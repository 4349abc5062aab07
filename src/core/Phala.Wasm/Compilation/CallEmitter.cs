using System.Reflection.Emit;
using Phala.Wasm.Binary;
using Phala.Wasm.Validation;

namespace Phala.Wasm.Compilation;

/// <summary>Emits calls. Addresses are looked up at each call, so that code is compiled when it is first needed and may be replaced.</summary>
internal sealed class CallEmitter(ILGenerator il, IndexSpaces spaces, nint codeTable, Frame frame, OperandStack operands)
{
    private LocalBuilder? _callee;

    public void EmitCall(uint function)
    {
        FunctionType type = spaces.TypeOf(function);
        operands.SpillEvaluation();
        frame.EmitSaveFuel();
        if (function < (uint)spaces.ImportedFunctions)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, RuntimeMembers.InstanceImports);
            il.Emit(OpCodes.Ldc_I4, (int)function);
            il.Emit(OpCodes.Ldelem_Ref);
            EmitCallOfFunction(type);
            return;
        }

        int index = (int)function - spaces.ImportedFunctions;
        il.Emit(OpCodes.Ldarg_0);
        frame.EmitStack();
        operands.Load(type.Parameters.Length);
        il.Emit(OpCodes.Ldc_I8, (long)codeTable + ((long)index * nint.Size));
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4, index);
        il.Emit(OpCodes.Call, RuntimeMembers.CodeAt);
        Finish(type);
    }

    public void EmitIndirectCall(uint typeIndex, uint table)
    {
        // The index lies above the arguments: the callee is found first, then they are passed.
        operands.SpillEvaluationBelowTop();
        operands.LoadCondition();
        LocalBuilder index = il.DeclareLocal(typeof(int));
        il.Emit(OpCodes.Stloc, index);
        operands.SpillEvaluation();
        frame.EmitSaveFuel();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4, (int)table);
        il.Emit(OpCodes.Ldc_I4, (int)typeIndex);
        il.Emit(OpCodes.Ldloc, index);
        il.Emit(OpCodes.Call, RuntimeMembers.Indirect);
        EmitCallOfFunction(spaces.Types[typeIndex]);
    }

    /// <summary>Calls the function object on the evaluation stack.</summary>
    private void EmitCallOfFunction(FunctionType type)
    {
        _callee ??= il.DeclareLocal(typeof(Function));
        il.Emit(OpCodes.Stloc, _callee);
        il.Emit(OpCodes.Ldloc, _callee);
        il.Emit(OpCodes.Ldfld, RuntimeMembers.FunctionTarget);
        frame.EmitStack();
        operands.Load(type.Parameters.Length);
        il.Emit(OpCodes.Ldloc, _callee);
        il.Emit(OpCodes.Call, RuntimeMembers.CodeOf);
        Finish(type);
    }

    private void Finish(FunctionType type)
    {
        Signatures.EmitCall(il, type);
        int height = operands.Count;
        ReadOnlySpan<ValueKind> results = type.Results;
        if (results.Length > 0) operands.StoreSlot(height, results[0]);
        frame.EmitReload();
        for (int i = 1; i < results.Length; i++)
        {
            Results.EmitLoad(il, frame, i, results[i]);
            operands.StoreSlot(height + i, results[i]);
        }

        operands.PushSlots(results);
    }
}
