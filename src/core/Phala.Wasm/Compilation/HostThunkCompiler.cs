using System.Reflection.Emit;
using Phala.Wasm.Binary;

namespace Phala.Wasm.Compilation;

/// <summary>Emits the way out of the guest: a method with the signature of guest functions that calls a host function's delegate through its own type.</summary>
internal static class HostThunkCompiler
{
    public static void Compile(ILGenerator il, int import, FunctionType type, Type implementation)
    {
        LocalBuilder context = il.DeclareLocal(typeof(HostContext));
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldc_I4, import);
        il.Emit(OpCodes.Call, RuntimeMembers.BeginHost);
        il.Emit(OpCodes.Stloc, context);

        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4, import);
        il.Emit(OpCodes.Call, RuntimeMembers.HostDelegate);
        il.Emit(OpCodes.Castclass, implementation);
        il.Emit(OpCodes.Ldloc, context);
        for (int i = 0; i < type.Parameters.Length; i++) il.Emit(OpCodes.Ldarg, (short)(Signatures.HiddenParameters + i));
        il.Emit(OpCodes.Callvirt, implementation.GetMethod("Invoke")!);

        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, RuntimeMembers.EndHost);
        il.Emit(OpCodes.Ret);
    }
}
