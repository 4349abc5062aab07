using System.Reflection.Metadata;
using Phala.Contracts.Compiler.Code;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Import;

/// <summary>Conversions between integers.</summary>
internal sealed class ConversionImporter(FunctionImporter function) : InstructionImporter(function)
{
    public override bool TryImport(Instruction instruction)
    {
        switch (instruction.Code)
        {
            case ILOpCode.Conv_i1: Convert(8, signed: true); return true;
            case ILOpCode.Conv_u1: Convert(8, signed: false); return true;
            case ILOpCode.Conv_i2: Convert(16, signed: true); return true;
            case ILOpCode.Conv_u2: Convert(16, signed: false); return true;
            case ILOpCode.Conv_i4 or ILOpCode.Conv_u4 or ILOpCode.Conv_i or ILOpCode.Conv_u: ToInt32(instruction.Code); return true;
            case ILOpCode.Conv_i8: Convert(64, signed: true); return true;
            case ILOpCode.Conv_u8: Convert(64, signed: false); return true;
            case ILOpCode.Conv_ovf_i1: Checked(8, true, false); return true;
            case ILOpCode.Conv_ovf_u1: Checked(8, false, false); return true;
            case ILOpCode.Conv_ovf_i2: Checked(16, true, false); return true;
            case ILOpCode.Conv_ovf_u2: Checked(16, false, false); return true;
            case ILOpCode.Conv_ovf_i4 or ILOpCode.Conv_ovf_i: Checked(32, true, false); return true;
            case ILOpCode.Conv_ovf_u4 or ILOpCode.Conv_ovf_u: Checked(32, false, false); return true;
            case ILOpCode.Conv_ovf_i8: Checked(64, true, false); return true;
            case ILOpCode.Conv_ovf_u8: Checked(64, false, false); return true;
            default: return TryUnsigned(instruction.Code);
        }
    }

    private bool TryUnsigned(ILOpCode code)
    {
        switch (code)
        {
            case ILOpCode.Conv_ovf_i1_un: Checked(8, true, true); return true;
            case ILOpCode.Conv_ovf_u1_un: Checked(8, false, true); return true;
            case ILOpCode.Conv_ovf_i2_un: Checked(16, true, true); return true;
            case ILOpCode.Conv_ovf_u2_un: Checked(16, false, true); return true;
            case ILOpCode.Conv_ovf_i4_un or ILOpCode.Conv_ovf_i_un: Checked(32, true, true); return true;
            case ILOpCode.Conv_ovf_u4_un or ILOpCode.Conv_ovf_u_un: Checked(32, false, true); return true;
            case ILOpCode.Conv_ovf_i8_un: Checked(64, true, true); return true;
            case ILOpCode.Conv_ovf_u8_un: Checked(64, false, true); return true;
            default: return false;
        }
    }

    // Addresses of variables that are only passed on as pointers keep what is known of them.
    private void ToInt32(ILOpCode code)
    {
        Value value = Pop();
        if (code is ILOpCode.Conv_u or ILOpCode.Conv_i && value.Type.Kind is TypeKind.ByRef or TypeKind.Pointer)
        {
            Push(value);
            return;
        }

        Push(Types.Int32, Resize(Scalar(value), 32, signed: true));
    }

    private void Convert(int bits, bool signed)
    {
        Expression value = PopScalar();
        Push(bits == 64 ? Types.Int64 : Types.Int32, Resize(value, bits, signed));
    }

    private static Expression Resize(Expression value, int bits, bool signed)
    {
        if (bits == 64) return value.Type == WasmType.I64 ? value : Fold.Unary(signed ? Op.I64ExtendI32S : Op.I64ExtendI32U, value);
        if (value.Type == WasmType.I64) value = Fold.Unary(Op.I32WrapI64, value);
        if (bits == 32 || (value is LoadExpression load && load.Op == (signed ? bits == 8 ? Op.I32Load8S : Op.I32Load16S : bits == 8 ? Op.I32Load8U : Op.I32Load16U))) return value;
        if (!signed) return Fold.Binary(Op.I32And, value, Fold.I32((1 << bits) - 1));
        return Fold.Binary(Op.I32ShrS, Fold.Binary(Op.I32Shl, value, Fold.I32(32 - bits)), Fold.I32(32 - bits));
    }

    private void Checked(int bits, bool signed, bool fromUnsigned)
    {
        Expression value = PopScalar();
        bool wide = value.Type == WasmType.I64;
        int width = wide ? 64 : 32;
        Int128 lowest = signed ? -(Int128.One << (bits - 1)) : 0, highest = (Int128.One << (signed ? bits - 1 : bits)) - 1;
        Int128 least = fromUnsigned ? 0 : -(Int128.One << (width - 1)), most = (Int128.One << (fromUnsigned ? width : width - 1)) - 1;
        if (lowest > least || highest < most)
        {
            value = Code.Spill(value);
            Check(value, Int128.Max(lowest, least), Int128.Min(highest, most));
        }

        Push(bits == 64 ? Types.Int64 : Types.Int32, bits == 64 ? Resize(value, 64, !fromUnsigned) : wide ? Fold.Unary(Op.I32WrapI64, value) : value);
    }

    // Within [low, high] exactly if the distance from low, as an unsigned number, is at most high - low.
    private void Check(Expression value, Int128 low, Int128 high)
    {
        bool wide = value.Type == WasmType.I64;
        Expression bound = Constant(high - low, wide);
        Expression distance = low == 0 ? value : Fold.Binary(wide ? Op.I64Sub : Op.I32Sub, value, Constant(low, wide));
        Expression outside = Fold.Binary(wide ? Op.I64GtU : Op.I32GtU, distance, bound);
        if (outside is not ConstantExpression { Value: 0 }) Code.Add(new CheckStatement(outside, Program.Fault("Overflow")));
    }

    private static Expression Constant(Int128 value, bool wide) => wide ? Fold.I64(unchecked((long)value)) : Fold.I32(unchecked((int)value));
}
