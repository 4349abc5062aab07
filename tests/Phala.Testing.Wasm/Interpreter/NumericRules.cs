using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Interpreter;

/// <summary>Which rule each numeric instruction follows.</summary>
internal static class NumericRules
{
    /// <summary>The result of an instruction of one operand.</summary>
    public static OracleValue Unary(Opcode opcode, OracleValue a) => opcode switch
    {
        Opcode.I64Eqz => OracleValue.Truth(a.Bits == 0),
        Opcode.I32Eqz or (>= Opcode.I32Clz and <= Opcode.I32Popcnt) or Opcode.I32Extend8S or Opcode.I32Extend16S => OracleValue.I32(I32Rules.Unary(opcode, a.Low)),
        (>= Opcode.I64Clz and <= Opcode.I64Popcnt) or (>= Opcode.I64Extend8S and <= Opcode.I64Extend32S) => OracleValue.I64(I64Rules.Unary(opcode, a.Bits)),
        (>= Opcode.F32Abs and <= Opcode.F32Sqrt) or (>= Opcode.F64Abs and <= Opcode.F64Sqrt) => FloatRules.Unary(opcode, a.Bits),
        _ => ConversionRules.Apply(opcode, a.Bits),
    };

    /// <summary>The result of an instruction of two operands.</summary>
    public static OracleValue Binary(Opcode opcode, OracleValue a, OracleValue b) => opcode switch
    {
        >= Opcode.I32Eq and <= Opcode.I32GeU => OracleValue.Truth(I32Rules.Compare(opcode, a.Low, b.Low)),
        >= Opcode.I64Eq and <= Opcode.I64GeU => OracleValue.Truth(I64Rules.Compare(opcode, a.Bits, b.Bits)),
        >= Opcode.F32Eq and <= Opcode.F64Ge => FloatRules.Compare(opcode, a.Bits, b.Bits),
        >= Opcode.I32Add and <= Opcode.I32Rotr => OracleValue.I32(I32Rules.Binary(opcode, a.Low, b.Low)),
        >= Opcode.I64Add and <= Opcode.I64Rotr => OracleValue.I64(I64Rules.Binary(opcode, a.Bits, b.Bits)),
        _ => FloatRules.Binary(opcode, a.Bits, b.Bits),
    };
}
