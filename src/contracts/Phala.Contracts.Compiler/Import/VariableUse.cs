using System.Reflection.Metadata;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Import;

/// <summary>Which parameters a method's code writes.</summary>
internal sealed class VariableUse
{
    private readonly HashSet<int> _stored = [], _addressed = [];

    /// <summary>Looks through a method's code.</summary>
    public static VariableUse Of(MethodBody body)
    {
        VariableUse use = new();
        foreach (Instruction instruction in body.Instructions)
        {
            if (instruction.Code is ILOpCode.Starg or ILOpCode.Starg_s) use._stored.Add((int)instruction.Operand);
            else if (instruction.Code is ILOpCode.Ldarga or ILOpCode.Ldarga_s) use._addressed.Add((int)instruction.Operand);
        }

        return use;
    }

    public bool IsStored(int argument) => _stored.Contains(argument);

    public bool IsWritten(int argument) => _stored.Contains(argument) || _addressed.Contains(argument);
}
