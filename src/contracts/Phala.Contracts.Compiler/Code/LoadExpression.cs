namespace Phala.Contracts.Compiler.Code;

/// <summary>A scalar from memory.</summary>
internal sealed class LoadExpression(Op op, Expression address, int offset) : Expression(op == Op.I64Load ? WasmType.I64 : WasmType.I32, Effects.ReadsMemory, address)
{
    public Op Op { get; } = op;

    public Expression Address { get; } = address;

    public int Offset { get; } = offset;

    public override IReadOnlyList<Expression> Operands => [Address];

    public override Expression With(Expression[] operands) => Fold.Load(Op, operands[0], Offset);
}
