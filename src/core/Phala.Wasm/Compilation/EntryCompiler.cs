using System.Reflection.Emit;
using Phala.Wasm.Binary;

namespace Phala.Wasm.Compilation;

/// <summary>Emits the way into the guest: one method per function type that takes arguments out of values and puts the first result into one.</summary>
internal static class EntryCompiler
{
    public static Type ReturnType => typeof(void);

    /// <summary>Code address, instance, stack, first argument, first result.</summary>
    public static Type[] Parameters => [typeof(nint), typeof(Instance), typeof(int), typeof(Value).MakeByRefType(), typeof(Value).MakeByRefType()];

    public static void Compile(ILGenerator il, FunctionType type)
    {
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        for (int i = 0; i < type.Parameters.Length; i++)
        {
            il.Emit(OpCodes.Ldarg_3);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Call, RuntimeMembers.Entry($"Take{type.Parameters[i]}"));
        }

        il.Emit(OpCodes.Ldarg_0);
        Signatures.EmitCall(il, type);
        if (type.Results.Length > 0)
        {
            il.Emit(OpCodes.Ldarg, (short)4);
            il.Emit(OpCodes.Call, RuntimeMembers.Entry($"Put{type.Results[0]}"));
        }

        il.Emit(OpCodes.Ret);
    }
}
