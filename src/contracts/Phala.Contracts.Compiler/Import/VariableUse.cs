using System.Reflection.Metadata;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Import;

/// <summary>Which parameters and local variables a method's code writes, and how.</summary>
internal sealed class VariableUse
{
    private readonly HashSet<int> _stored = [], _addressed = [], _manyTimes = [], _once = [];

    /// <summary>Looks through a method's code.</summary>
    public static VariableUse Of(MethodBody body)
    {
        VariableUse use = new();
        foreach (Instruction instruction in body.Instructions)
        {
            if (instruction.Code is ILOpCode.Starg or ILOpCode.Starg_s) use._stored.Add((int)instruction.Operand);
            else if (instruction.Code is ILOpCode.Ldarga or ILOpCode.Ldarga_s) use._addressed.Add((int)instruction.Operand);
            else if (LocalOf(instruction) is { } local && (instruction.Code is ILOpCode.Ldloca or ILOpCode.Ldloca_s || !use._once.Add(local))) use._manyTimes.Add(local);
        }

        return use;
    }

    /// <summary>Whether a local variable has one value only: it is stored by one instruction and its address is not taken.</summary>
    public bool IsStoredOnce(int local) => _once.Contains(local) && !_manyTimes.Contains(local);

    public bool IsWritten(int argument) => _stored.Contains(argument) || _addressed.Contains(argument);

    // The variable that an instruction stores to or takes the address of.
    private static int? LocalOf(Instruction instruction) => instruction.Code switch
    {
        ILOpCode.Stloc or ILOpCode.Stloc_s or ILOpCode.Ldloca or ILOpCode.Ldloca_s => (int)instruction.Operand,
        >= ILOpCode.Stloc_0 and <= ILOpCode.Stloc_3 => instruction.Code - ILOpCode.Stloc_0,
        _ => null,
    };
}
