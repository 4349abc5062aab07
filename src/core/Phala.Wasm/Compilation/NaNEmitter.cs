using System.Reflection.Emit;

namespace Phala.Wasm.Compilation;

/// <summary>
/// Emits the canonical NaN in the place of any NaN (specification 4.3.3). Arithmetic leaves NaNs as the processor makes them; only where their bits
/// could be seen (a store, a call, a label, a global, an operation on bits) are they replaced. In optimized code the replacement is out of line:
/// numbers pass a comparison and a branch that is not taken. Otherwise it is not, because many far branches take the .NET compiler long.
/// </summary>
internal sealed class NaNEmitter(ILGenerator il, bool optimize)
{
    private const uint Canonical32 = 0x7FC00000;
    private const ulong Canonical64 = 0x7FF8000000000000;

    private readonly List<(Label Cold, Label Back, LocalBuilder Value)> _replacements = [];

    /// <summary>Makes the value of a CIL local canonical. The evaluation stack must be clear.</summary>
    public void EmitCanonical(LocalBuilder value)
    {
        Label cold = il.DefineLabel(), back = il.DefineLabel();
        il.Emit(OpCodes.Ldloc, value);
        il.Emit(OpCodes.Ldloc, value);
        if (optimize)
        {
            il.Emit(OpCodes.Bne_Un, cold);
            _replacements.Add((cold, back, value));
        }
        else
        {
            il.Emit(OpCodes.Beq, back);
            EmitReplacement(value);
        }

        il.MarkLabel(back);
    }

    /// <summary>Emits the replacements, after the function's last instruction.</summary>
    public void EmitColdBlocks()
    {
        foreach ((Label cold, Label back, LocalBuilder value) in _replacements)
        {
            il.MarkLabel(cold);
            EmitReplacement(value);
            il.Emit(OpCodes.Br, back);
        }
    }

    /// <summary>By the bits: the .NET compiler keeps those of a quiet NaN.</summary>
    private void EmitReplacement(LocalBuilder value)
    {
        bool isSingle = value.LocalType == typeof(float);
        if (isSingle) il.Emit(OpCodes.Ldc_I4, (int)Canonical32);
        else il.Emit(OpCodes.Ldc_I8, (long)Canonical64);
        il.Emit(OpCodes.Call, isSingle ? RuntimeMembers.F32OfBits : RuntimeMembers.F64OfBits);
        il.Emit(OpCodes.Stloc, value);
    }
}
