using System.Reflection.Emit;
using Phala.Wasm.Binary;
using Phala.Wasm.Validation;

namespace Phala.Wasm.Compilation;

/// <summary>Emits calls. Addresses are looked up at each call, so that code is compiled when it is first needed and may be replaced.</summary>
internal sealed class CallEmitter(MethodBuilder method, CompilationInput input, Frame frame, OperandStack operands)
{
    private readonly ILGenerator _il = method.GetILGenerator();
    private readonly IndexSpaces _spaces = input.Spaces;
    private LocalBuilder? _callee;

    public void EmitCall(uint function)
    {
        FunctionType type = _spaces.TypeOf(function);
        operands.Prepare(type.Parameters.Length);
        frame.EmitSaveFuel();
        if (function < (uint)_spaces.ImportedFunctions)
        {
            _il.Emit(OpCodes.Ldarg_0);
            _il.Emit(OpCodes.Ldfld, RuntimeMembers.InstanceImports);
            _il.Emit(OpCodes.Ldc_I4, (int)function);
            _il.Emit(OpCodes.Ldelem_Ref);
            EmitCallOfFunction(type);
            return;
        }

        int index = (int)function - _spaces.ImportedFunctions;
        _il.Emit(OpCodes.Ldarg_0);
        frame.EmitStack();
        operands.Load(type.Parameters.Length);
        if (index == input.Index)
        {
            _il.Emit(OpCodes.Call, method);
            TakeResults(type);
            return;
        }

        _il.Emit(OpCodes.Ldc_I8, (long)input.CodeTable + ((long)index * nint.Size));
        _il.Emit(OpCodes.Conv_I);
        _il.Emit(OpCodes.Ldarg_0);
        _il.Emit(OpCodes.Ldc_I4, index);
        _il.Emit(OpCodes.Call, RuntimeMembers.CodeAt);
        Finish(type);
    }

    public void EmitIndirectCall(uint typeIndex, uint table)
    {
        // The index lies above the arguments: the callee is found first, then they are passed.
        operands.SpillEvaluationBelowTop();
        operands.LoadCondition();
        LocalBuilder index = _il.DeclareLocal(typeof(int));
        _il.Emit(OpCodes.Stloc, index);
        operands.Prepare(_spaces.Types[typeIndex].Parameters.Length);
        frame.EmitSaveFuel();
        _il.Emit(OpCodes.Ldarg_0);
        _il.Emit(OpCodes.Ldc_I4, (int)table);
        _il.Emit(OpCodes.Ldc_I4, (int)typeIndex);
        _il.Emit(OpCodes.Ldloc, index);
        _il.Emit(OpCodes.Call, RuntimeMembers.Indirect);
        EmitCallOfFunction(_spaces.Types[typeIndex]);
    }

    /// <summary>Calls the function object on the evaluation stack.</summary>
    private void EmitCallOfFunction(FunctionType type)
    {
        _callee ??= _il.DeclareLocal(typeof(Function));
        _il.Emit(OpCodes.Stloc, _callee);
        _il.Emit(OpCodes.Ldloc, _callee);
        _il.Emit(OpCodes.Ldfld, RuntimeMembers.FunctionTarget);
        frame.EmitStack();
        operands.Load(type.Parameters.Length);
        _il.Emit(OpCodes.Ldloc, _callee);
        _il.Emit(OpCodes.Call, RuntimeMembers.CodeOf);
        Finish(type);
    }

    private void Finish(FunctionType type)
    {
        Signatures.EmitCall(_il, type);
        TakeResults(type);
    }

    private void TakeResults(FunctionType type)
    {
        int height = operands.Count;
        ReadOnlySpan<ValueKind> results = type.Results;
        if (results.Length > 0) operands.StoreSlot(height, results[0]);
        frame.EmitReload();
        for (int i = 1; i < results.Length; i++)
        {
            Results.EmitLoad(_il, frame, i, results[i]);
            operands.StoreSlot(height + i, results[i]);
        }

        operands.PushSlots(results);
    }
}
