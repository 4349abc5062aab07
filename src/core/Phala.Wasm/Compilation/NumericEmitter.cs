using System.Reflection;
using System.Reflection.Emit;
using Phala.Wasm.Binary;
using static Phala.Wasm.Binary.Opcode;
using static System.Reflection.Emit.OpCodes;

namespace Phala.Wasm.Compilation;

/// <summary>Emits the numeric instructions: CIL instructions where there are such, calls of <see cref="Execution.Numerics"/> elsewhere.</summary>
internal sealed class NumericEmitter(ILGenerator il, Frame frame, OperandStack operands)
{
    private static readonly Dictionary<Opcode, OpCode[]> Simple = MakeSimple();
    private static readonly Dictionary<Opcode, MethodInfo> Helpers = MakeHelpers();

    private LocalBuilder? _rotated32;
    private LocalBuilder? _rotated64;

    public void Emit(in Instruction instruction)
    {
        Opcode opcode = instruction.Opcode;
        FunctionType type = instruction.Info.Type!;
        if (operands[0].Place == OperandPlace.Constant && RotationLeft(opcode, operands[0].Bits) is { } left)
        {
            EmitRotation(type.Parameters[0], left);
            return;
        }

        if (IsDivision(opcode)) EmitDivisionChecks(opcode, type.Parameters[0]);
        bool traps = opcode is >= I32TruncF32S and <= I32TruncF64U or >= I64TruncF32S and <= I64TruncF64U;
        if (traps) frame.EmitSaveFuel();

        int depth = operands.Load(type.Parameters.Length, anyNaN: IgnoresNaNBits(opcode));
        EmitShiftMask(opcode);
        if (Simple.TryGetValue(opcode, out OpCode[]? codes))
        {
            foreach (OpCode code in codes) il.Emit(code);
        }
        else
        {
            il.Emit(OpCodes.Call, Helpers[opcode]);
        }

        operands.PushResult(type.Results[0], depth + 1, mayBeAnyNaN: opcode.IsFloatArithmetic());
    }

    /// <summary>Whether the result is the same for every NaN as operand, up to which NaN it is itself.</summary>
    private static bool IgnoresNaNBits(Opcode opcode) =>
        opcode.IsFloatArithmetic() || opcode is >= F32Eq and <= F64Ge or >= I32TruncF32S and <= I32TruncF64U or >= I64TruncF32S and <= I64TruncF64U
            or >= I32TruncSatF32S and <= I64TruncSatF64U;

    private static bool IsDivision(Opcode opcode) => opcode is >= I32DivS and <= I32RemU or >= I64DivS and <= I64RemU;

    /// <summary>Traps for a divisor of zero, and for the one quotient that does not fit.</summary>
    private void EmitDivisionChecks(Opcode opcode, ValueKind kind)
    {
        Operand divisor = operands[0];
        bool signed = opcode is I32DivS or I64DivS;
        ulong minusOne = kind == ValueKind.I32 ? uint.MaxValue : ulong.MaxValue;
        bool isConstant = divisor.Place == OperandPlace.Constant;
        if (isConstant && divisor.Bits != 0 && (!signed || divisor.Bits != minusOne)) return;

        operands.SpillAll();
        if (!isConstant || divisor.Bits == 0)
        {
            operands.Peek(0);
            il.Emit(Brfalse, frame.TrapLabel(TrapKind.DivisionByZero));
        }

        if (!signed) return;
        Label fits = il.DefineLabel();
        operands.Peek(0);
        Constants.Emit(il, kind, minusOne);
        il.Emit(Bne_Un, fits);
        operands.Peek(1);
        Constants.Emit(il, kind, kind == ValueKind.I32 ? 0x80000000 : 0x8000000000000000);
        il.Emit(Beq, frame.TrapLabel(TrapKind.IntegerOverflow));
        il.MarkLabel(fits);
    }

    /// <summary>The bits to rotate left by, for a rotation by a constant.</summary>
    private static int? RotationLeft(Opcode opcode, ulong count) => opcode switch
    {
        I32Rotl => (int)(count & 31),
        I32Rotr => (int)((32 - (count & 31)) & 31),
        I64Rotl => (int)(count & 63),
        I64Rotr => (int)((64 - (count & 63)) & 63),
        _ => null,
    };

    /// <summary>Emits a rotation by a constant as a sum of shifts, for the reason given at <see cref="Execution.Numerics.I32Rotl"/>.</summary>
    private void EmitRotation(ValueKind kind, int left)
    {
        operands.Drop();
        if (left == 0) return;
        operands.Load(1);
        LocalBuilder value = kind == ValueKind.I32 ? _rotated32 ??= il.DeclareLocal(typeof(int)) : _rotated64 ??= il.DeclareLocal(typeof(long));
        il.Emit(Stloc, value);
        il.Emit(Ldloc, value);
        il.Emit(Ldc_I4, left);
        il.Emit(Shl);
        il.Emit(Ldloc, value);
        il.Emit(Ldc_I4, (kind == ValueKind.I32 ? 32 : 64) - left);
        il.Emit(Shr_Un);
        il.Emit(OpCodes.Add);
        operands.PushResult(kind, 2);
    }

    /// <summary>CIL leaves shifts by the width and more undefined; here the count is taken modulo the width (4.3.2).</summary>
    private void EmitShiftMask(Opcode opcode)
    {
        bool wide = opcode is I64Shl or I64ShrS or I64ShrU;
        if (!wide && opcode is not (I32Shl or I32ShrS or I32ShrU)) return;
        if (wide) il.Emit(Conv_I4);
        il.Emit(OpCodes.Ldc_I4, wide ? 63 : 31);
        il.Emit(And);
    }

    private static Dictionary<Opcode, OpCode[]> MakeSimple()
    {
        Dictionary<Opcode, OpCode[]> simple = new()
        {
            [I32Eqz] = [Ldc_I4_0, Ceq],
            [I64Eqz] = [Ldc_I4_0, Conv_I8, Ceq],
            [I32WrapI64] = [Conv_I4],
            [I64ExtendI32S] = [Conv_I8],
            [I64ExtendI32U] = [Conv_U8],
            [I32Extend8S] = [Conv_I1],
            [I32Extend16S] = [Conv_I2],
            [I64Extend8S] = [Conv_I1, Conv_I8],
            [I64Extend16S] = [Conv_I2, Conv_I8],
            [I64Extend32S] = [Conv_I4, Conv_I8],
            [F32DemoteF64] = [Conv_R4],
            [F64PromoteF32] = [Conv_R8],
        };
        AddIntegers(simple, I32Eq, I32Add);
        AddIntegers(simple, I64Eq, I64Add);
        AddFloats(simple, F32Eq, F32Add);
        AddFloats(simple, F64Eq, F64Add);
        return simple;
    }

    private static void AddIntegers(Dictionary<Opcode, OpCode[]> simple, Opcode equal, Opcode add)
    {
        OpCode[][] comparisons =
        [
            [Ceq], [Ceq, Ldc_I4_0, Ceq], [Clt], [Clt_Un], [Cgt], [Cgt_Un],
            [Cgt, Ldc_I4_0, Ceq], [Cgt_Un, Ldc_I4_0, Ceq], [Clt, Ldc_I4_0, Ceq], [Clt_Un, Ldc_I4_0, Ceq],
        ];
        for (int i = 0; i < comparisons.Length; i++) simple[(Opcode)((int)equal + i)] = comparisons[i];

        simple[add] = [OpCodes.Add];
        simple[(Opcode)((int)add + 1)] = [Sub];
        simple[(Opcode)((int)add + 2)] = [Mul];
        simple[(Opcode)((int)add + 3)] = [Div];
        simple[(Opcode)((int)add + 4)] = [Div_Un];
        simple[(Opcode)((int)add + 6)] = [Rem_Un];
        simple[(Opcode)((int)add + 7)] = [And];
        simple[(Opcode)((int)add + 8)] = [Or];
        simple[(Opcode)((int)add + 9)] = [Xor];
        simple[(Opcode)((int)add + 10)] = [Shl];
        simple[(Opcode)((int)add + 11)] = [Shr];
        simple[(Opcode)((int)add + 12)] = [Shr_Un];
    }

    private static void AddFloats(Dictionary<Opcode, OpCode[]> simple, Opcode equal, Opcode add)
    {
        // Every comparison with a NaN is false but for "not equal": the unordered forms below are the negated opposites.
        OpCode[][] comparisons = [[Ceq], [Ceq, Ldc_I4_0, Ceq], [Clt], [Cgt], [Cgt_Un, Ldc_I4_0, Ceq], [Clt_Un, Ldc_I4_0, Ceq]];
        for (int i = 0; i < comparisons.Length; i++) simple[(Opcode)((int)equal + i)] = comparisons[i];
        simple[add] = [OpCodes.Add];
        simple[(Opcode)((int)add + 1)] = [Sub];
        simple[(Opcode)((int)add + 2)] = [Mul];
        simple[(Opcode)((int)add + 3)] = [Div];
    }

    private static Dictionary<Opcode, MethodInfo> MakeHelpers()
    {
        Dictionary<Opcode, MethodInfo> helpers = [];
        foreach (Opcode opcode in InstructionSet.All)
        {
            if (RuntimeMembers.Numeric(opcode.ToString()) is { } method) helpers[opcode] = method;
        }

        return helpers;
    }
}
