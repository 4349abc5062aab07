using System.Reflection.Emit;
using Phala.Wasm.Binary;

namespace Phala.Wasm.Compilation;

/// <summary>Emits the passing of results beyond the first through the store's result places.</summary>
internal static class Results
{
    /// <summary>Copies a function's result from its slot to its place.</summary>
    public static void EmitStore(ILGenerator il, Frame frame, OperandStack operands, int index, ValueKind kind)
    {
        EmitPlace(il, frame, index, kind);
        operands.LoadSlot(index, kind);
        if (kind.IsReference())
        {
            il.Emit(OpCodes.Stelem_Ref);
            return;
        }

        EmitToBits(il, kind);
        il.Emit(OpCodes.Stelem_I8);
    }

    /// <summary>Leaves a callee's result on the evaluation stack.</summary>
    public static void EmitLoad(ILGenerator il, Frame frame, int index, ValueKind kind)
    {
        EmitPlace(il, frame, index, kind);
        if (kind.IsReference())
        {
            il.Emit(OpCodes.Ldelem_Ref);
            return;
        }

        il.Emit(OpCodes.Ldelem_I8);
        EmitOfBits(il, kind);
    }

    /// <summary>Turns a number into its bits as 64-bit integer.</summary>
    public static void EmitToBits(ILGenerator il, ValueKind kind)
    {
        if (kind == ValueKind.F32) il.Emit(OpCodes.Call, RuntimeMembers.BitsOfF32);
        if (kind == ValueKind.F64) il.Emit(OpCodes.Call, RuntimeMembers.BitsOfF64);
        if (kind is ValueKind.F32 or ValueKind.I32) il.Emit(OpCodes.Conv_U8);
    }

    /// <summary>Turns bits into the number.</summary>
    public static void EmitOfBits(ILGenerator il, ValueKind kind)
    {
        if (kind is ValueKind.F32 or ValueKind.I32) il.Emit(OpCodes.Conv_I4);
        if (kind == ValueKind.F32) il.Emit(OpCodes.Call, RuntimeMembers.F32OfBits);
        if (kind == ValueKind.F64) il.Emit(OpCodes.Call, RuntimeMembers.F64OfBits);
    }

    private static void EmitPlace(ILGenerator il, Frame frame, int index, ValueKind kind)
    {
        frame.EmitStore();
        il.Emit(OpCodes.Ldfld, kind.IsReference() ? RuntimeMembers.StoreResultReferences : RuntimeMembers.StoreResultBits);
        il.Emit(OpCodes.Ldc_I4, index);
    }
}
