using System.Reflection.Emit;
using Phala.Wasm.Binary;

namespace Phala.Wasm.Compilation;

/// <summary>Emits constants.</summary>
internal static class Constants
{
    public static void Emit(ILGenerator il, ValueKind kind, ulong bits)
    {
        switch (kind)
        {
            case ValueKind.I32:
                il.Emit(OpCodes.Ldc_I4, (int)bits);
                break;
            case ValueKind.I64:
                il.Emit(OpCodes.Ldc_I8, (long)bits);
                break;
            case ValueKind.F32:
                EmitF32(il, (uint)bits);
                break;
            case ValueKind.F64:
                EmitF64(il, bits);
                break;
            default:
                il.Emit(OpCodes.Ldnull);
                break;
        }
    }

    // The .NET compiler carries a 32-bit constant as a 64-bit number, which quiets a NaN; so NaNs travel as bits through a call that it cannot see into.

    private static void EmitF32(ILGenerator il, uint bits)
    {
        float value = BitConverter.UInt32BitsToSingle(bits);
        if (!float.IsNaN(value))
        {
            il.Emit(OpCodes.Ldc_R4, value);
            return;
        }

        il.Emit(OpCodes.Ldc_I4, (int)bits);
        il.Emit(OpCodes.Call, RuntimeMembers.OpaqueF32);
    }

    private static void EmitF64(ILGenerator il, ulong bits)
    {
        double value = BitConverter.UInt64BitsToDouble(bits);
        if (!double.IsNaN(value))
        {
            il.Emit(OpCodes.Ldc_R8, value);
            return;
        }

        il.Emit(OpCodes.Ldc_I8, (long)bits);
        il.Emit(OpCodes.Call, RuntimeMembers.F64OfBits);
    }
}
