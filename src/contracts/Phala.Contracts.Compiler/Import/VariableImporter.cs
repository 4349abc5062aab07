using System.Reflection.Metadata;
using Phala.Contracts.Compiler.Code;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Import;

/// <summary>Constants, parameters, local variables, and the stack itself.</summary>
internal sealed class VariableImporter(FunctionImporter function) : InstructionImporter(function)
{
    public override bool TryImport(Instruction instruction)
    {
        int operand = (int)instruction.Operand;
        switch (instruction.Code)
        {
            case >= ILOpCode.Ldarg_0 and <= ILOpCode.Ldarg_3: Push(Function.Read(Argument(instruction.Code - ILOpCode.Ldarg_0))); return true;
            case ILOpCode.Ldarg or ILOpCode.Ldarg_s: Push(Function.Read(Argument(operand))); return true;
            case ILOpCode.Starg or ILOpCode.Starg_s: Function.Write(Argument(operand), Pop()); return true;
            case ILOpCode.Ldarga or ILOpCode.Ldarga_s: PushAddress(Argument(operand)); return true;
            case >= ILOpCode.Ldloc_0 and <= ILOpCode.Ldloc_3: Push(Function.Read(Local(instruction.Code - ILOpCode.Ldloc_0))); return true;
            case ILOpCode.Ldloc or ILOpCode.Ldloc_s: Push(Function.Read(Local(operand))); return true;
            case >= ILOpCode.Stloc_0 and <= ILOpCode.Stloc_3: Function.Write(Local(instruction.Code - ILOpCode.Stloc_0), Pop()); return true;
            case ILOpCode.Stloc or ILOpCode.Stloc_s: Function.Write(Local(operand), Pop()); return true;
            case ILOpCode.Ldloca or ILOpCode.Ldloca_s: PushAddress(Local(operand)); return true;
            case ILOpCode.Nop or ILOpCode.Break or ILOpCode.Volatile or ILOpCode.Unaligned or ILOpCode.Readonly or ILOpCode.Tail: return true;
            case ILOpCode.Dup: Duplicate(); return true;
            case ILOpCode.Pop: Drop(); return true;
            default: return TryConstant(instruction);
        }
    }

    private bool TryConstant(Instruction instruction)
    {
        switch (instruction.Code)
        {
            case >= ILOpCode.Ldc_i4_m1 and <= ILOpCode.Ldc_i4_8: Push(Types.Int32, Fold.I32((int)instruction.Code - (int)ILOpCode.Ldc_i4_0)); return true;
            case ILOpCode.Ldc_i4 or ILOpCode.Ldc_i4_s: Push(Types.Int32, Fold.I32((int)instruction.Operand)); return true;
            case ILOpCode.Ldc_i8: Push(Types.Int64, Fold.I64(instruction.Operand)); return true;
            case ILOpCode.Ldnull: Push(Types.Object, Fold.I32(0)); return true;
            case ILOpCode.Ldstr: Push(Types.String, new SymbolExpression(Program.Statics.String(Function.Frame.Image, (int)instruction.Operand), 0)); return true;
            case ILOpCode.Ldc_r4 or ILOpCode.Ldc_r8 or ILOpCode.Conv_r4 or ILOpCode.Conv_r8 or ILOpCode.Conv_r_un or ILOpCode.Ckfinite
                or ILOpCode.Ldind_r4 or ILOpCode.Ldind_r8 or ILOpCode.Stind_r4 or ILOpCode.Stind_r8 or ILOpCode.Ldelem_r4 or ILOpCode.Ldelem_r8 or ILOpCode.Stelem_r4 or ILOpCode.Stelem_r8:
                throw new CompilationException(DiagnosticIds.FloatingPoint, "floating point is not available in contracts: use integers scaled by a power of ten");
            default: return false;
        }
    }

    private Variable Argument(int index) =>
        index >= 0 && index < Function.Frame.Arguments.Length ? Function.Frame.Arguments[index] : throw CompilationException.Invalid("there is no such parameter");

    private Variable Local(int index) =>
        index >= 0 && index < Function.Frame.Locals.Length ? Function.Frame.Locals[index] : throw CompilationException.Invalid("there is no such local variable");

    private void PushAddress(Variable variable)
    {
        ClrType type = Types.ReferenceTo(variable.Type);
        if (variable.Leaves is not null) Push(new Value(type, []) { Place = new Place(variable, variable.Type, 0) });
        else if (variable.FrameOffset >= 0) Push(type, Function.AddressOf(variable));
        else throw CompilationException.Invalid("the address of a bound parameter is taken");
    }

    private void Duplicate()
    {
        Value value = Pop();
        Value simple = value with { Leaves = [.. value.Leaves.Select(Code.Simple)] };
        Push(simple with { Leaves = [.. simple.Leaves] });
        Push(simple);
    }

    private void Drop()
    {
        foreach (Expression leaf in Pop().Leaves)
        {
            if ((leaf.Effects & (Effects.Calls | Effects.Traps)) != 0) Code.Add(new EvaluateStatement(leaf));
        }
    }
}
