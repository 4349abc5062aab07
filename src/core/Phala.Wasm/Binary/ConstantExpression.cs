namespace Phala.Wasm.Binary;

/// <summary>An initial value or offset: one constant instruction (specification 3.3.10).</summary>
/// <param name="Opcode">A <c>const</c> instruction, <see cref="Opcode.GlobalGet"/>, <see cref="Opcode.RefNull"/> or <see cref="Opcode.RefFunc"/>.</param>
/// <param name="Bits">The constant's bits (i32 and f32 in the low half), the index of the global or function, or the type of the null.</param>
public readonly record struct ConstantExpression(Opcode Opcode, ulong Bits)
{
    /// <summary>The constant of a 32-bit integer.</summary>
    public static ConstantExpression OfI32(int value) => new(Opcode.I32Const, (uint)value);

    /// <summary>A reference to a function.</summary>
    public static ConstantExpression OfFunction(uint index) => new(Opcode.RefFunc, index);
}
