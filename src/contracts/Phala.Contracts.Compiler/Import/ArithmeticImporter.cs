using System.Reflection.Metadata;
using Phala.Contracts.Compiler.Code;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Import;

/// <summary>Arithmetic and comparisons.</summary>
internal sealed class ArithmeticImporter(FunctionImporter function) : InstructionImporter(function)
{
    private const int To64 = Op.I64Add - Op.I32Add;

    public override bool TryImport(Instruction instruction)
    {
        switch (instruction.Code)
        {
            case ILOpCode.Add: Plain(Op.I32Add); return true;
            case ILOpCode.Sub: Plain(Op.I32Sub); return true;
            case ILOpCode.Mul: Plain(Op.I32Mul); return true;
            case ILOpCode.And: Plain(Op.I32And); return true;
            case ILOpCode.Or: Plain(Op.I32Or); return true;
            case ILOpCode.Xor: Plain(Op.I32Xor); return true;
            case ILOpCode.Shl: Shift(Op.I32Shl); return true;
            case ILOpCode.Shr: Shift(Op.I32ShrS); return true;
            case ILOpCode.Shr_un: Shift(Op.I32ShrU); return true;
            case ILOpCode.Div: Divide(Op.I32DivS); return true;
            case ILOpCode.Div_un: Divide(Op.I32DivU); return true;
            case ILOpCode.Rem: Divide(Op.I32RemS); return true;
            case ILOpCode.Rem_un: Divide(Op.I32RemU); return true;
            case ILOpCode.Neg: Negate(); return true;
            case ILOpCode.Not: Not(); return true;
            case ILOpCode.Ceq: Push(Types.Int32, Compare(Op.I32Eq)); return true;
            case ILOpCode.Cgt: Push(Types.Int32, Compare(Op.I32GtS)); return true;
            case ILOpCode.Cgt_un: Push(Types.Int32, Compare(Op.I32GtU)); return true;
            case ILOpCode.Clt: Push(Types.Int32, Compare(Op.I32LtS)); return true;
            case ILOpCode.Clt_un: Push(Types.Int32, Compare(Op.I32LtU)); return true;
            default: return TryChecked(instruction.Code);
        }
    }

    /// <summary>Pops two numbers or references and compares them.</summary>
    /// <param name="op">The comparison of 32-bit numbers.</param>
    public Expression Compare(Op op)
    {
        Expression right = PopScalar(), left = PopScalar();
        RequireEqual(left, right);
        return Fold.Binary(left.Type == WasmType.I64 ? op + (Op.I64Eq - Op.I32Eq) : op, left, right);
    }

    private bool TryChecked(ILOpCode code)
    {
        switch (code)
        {
            case ILOpCode.Add_ovf: Checked(Op.I32Add, signed: true); return true;
            case ILOpCode.Add_ovf_un: Checked(Op.I32Add, signed: false); return true;
            case ILOpCode.Sub_ovf: Checked(Op.I32Sub, signed: true); return true;
            case ILOpCode.Sub_ovf_un: Checked(Op.I32Sub, signed: false); return true;
            case ILOpCode.Mul_ovf: Multiply(signed: true); return true;
            case ILOpCode.Mul_ovf_un: Multiply(signed: false); return true;
            default: return false;
        }
    }

    private void Plain(Op op)
    {
        Value right = Pop(), left = Pop();
        Expression a = Scalar(left), b = Scalar(right);
        RequireEqual(a, b);
        ClrType type = Pick(left, right, a.Type);
        Push(type, Fold.Binary(a.Type == WasmType.I64 ? op + To64 : op, a, b));
    }

    private ClrType Pick(Value left, Value right, WasmType type)
    {
        if (type == WasmType.I64) return Types.Int64;
        if (left.Type.Kind is TypeKind.ByRef or TypeKind.Pointer) return left.Type;
        return right.Type.Kind is TypeKind.ByRef or TypeKind.Pointer ? right.Type : Types.Int32;
    }

    private static void RequireEqual(Expression left, Expression right)
    {
        if (left.Type != right.Type) throw CompilationException.Invalid("numbers of different sizes meet");
    }

    // WebAssembly masks the amount as C# does.
    private void Shift(Op op)
    {
        Expression amount = PopScalar(), value = PopScalar();
        bool wide = value.Type == WasmType.I64;
        if (amount.Type == WasmType.I64) amount = Fold.Unary(Op.I32WrapI64, amount);
        if (amount is BinaryExpression { Op: Op.I32And, Right: ConstantExpression { Value: var mask } } masked && mask == (wide ? 63 : 31)) amount = masked.Left;
        if (wide) amount = Fold.Unary(Op.I64ExtendI32U, amount);
        Push(IntegerType(value.Type), Fold.Binary(wide ? op + To64 : op, value, amount));
    }

    private void Divide(Op op)
    {
        Expression divisor = PopScalar(), value = PopScalar();
        RequireEqual(value, divisor);
        bool wide = value.Type == WasmType.I64;
        if (divisor is not ConstantExpression { Value: not (0 or -1) })
        {
            value = Code.Spill(value);
            divisor = Code.Spill(divisor);
            Code.Add(new CheckStatement(Fold.Unary(wide ? Op.I64Eqz : Op.I32Eqz, divisor), Program.Fault("Division")));
            if (op is Op.I32DivS or Op.I32RemS) CheckQuotient(value, divisor, wide);
        }

        Push(IntegerType(value.Type), Fold.Binary(wide ? op + To64 : op, value, divisor));
    }

    // The smallest number divided by -1 is too large.
    private void CheckQuotient(Expression value, Expression divisor, bool wide)
    {
        Expression smallest = wide ? Fold.I64(long.MinValue) : Fold.I32(int.MinValue), minusOne = wide ? Fold.I64(-1) : Fold.I32(-1);
        Op equal = wide ? Op.I64Eq : Op.I32Eq;
        Expression overflows = Fold.Binary(Op.I32And, Fold.Binary(equal, divisor, minusOne), Fold.Binary(equal, value, smallest));
        if (overflows is not ConstantExpression { Value: 0 }) Code.Add(new CheckStatement(overflows, Program.Fault("Overflow")));
    }

    private void Negate()
    {
        Expression value = PopScalar();
        Push(IntegerType(value.Type), value.Type == WasmType.I64 ? Fold.Binary(Op.I64Sub, Fold.I64(0), value) : Fold.Binary(Op.I32Sub, Fold.I32(0), value));
    }

    private void Not()
    {
        Expression value = PopScalar();
        Push(IntegerType(value.Type), value.Type == WasmType.I64 ? Fold.Binary(Op.I64Xor, value, Fold.I64(-1)) : Fold.Binary(Op.I32Xor, value, Fold.I32(-1)));
    }

    private void Checked(Op op, bool signed)
    {
        Expression right = PopScalar(), left = PopScalar();
        RequireEqual(left, right);
        WasmType type = left.Type;
        bool wide = type == WasmType.I64;
        left = Code.Spill(left);
        right = Code.Spill(right);
        Expression result = Code.Spill(Fold.Binary(Widened(op, wide), left, right));
        Expression overflow;
        if (signed)
        {
            // The sign is wrong if it differs from both summands', or from the minuend's where signs differed.
            Expression one = Fold.Binary(Widened(Op.I32Xor, wide), left, op == Op.I32Add ? result : right), other = Fold.Binary(Widened(Op.I32Xor, wide), op == Op.I32Add ? right : left, result);
            Expression sign = Fold.Binary(Widened(Op.I32And, wide), one, other);
            overflow = type == WasmType.I64 ? Fold.Binary(Op.I64LtS, sign, Fold.I64(0)) : Fold.Binary(Op.I32LtS, sign, Fold.I32(0));
        }
        else
        {
            Op less = type == WasmType.I64 ? Op.I64LtU : Op.I32LtU;
            overflow = op == Op.I32Add ? Fold.Binary(less, result, left) : Fold.Binary(less, left, right);
        }

        CheckOverflow(overflow);
        Push(IntegerType(type), result);
    }

    private static Op Widened(Op op, bool wide) => wide ? op + To64 : op;

    private void Multiply(bool signed)
    {
        Expression right = PopScalar(), left = PopScalar();
        RequireEqual(left, right);
        if (left.Type == WasmType.I64)
        {
            Push(Types.Int64, new CallExpression(Program.Helper(signed ? "MultiplyChecked" : "MultiplyCheckedUnsigned"), [left, right]));
            return;
        }

        Op extend = signed ? Op.I64ExtendI32S : Op.I64ExtendI32U;
        Expression product = Code.Spill(Fold.Binary(Op.I64Mul, Fold.Unary(extend, left), Fold.Unary(extend, right)));
        Expression low = Code.Spill(Fold.Unary(Op.I32WrapI64, product));
        CheckOverflow(Fold.Binary(Op.I64Ne, product, Fold.Unary(extend, low)));
        Push(Types.Int32, low);
    }

    private void CheckOverflow(Expression overflow)
    {
        if (overflow is not ConstantExpression { Value: 0 }) Code.Add(new CheckStatement(overflow, Program.Fault("Overflow")));
    }
}
