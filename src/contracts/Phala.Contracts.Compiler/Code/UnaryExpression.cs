namespace Phala.Contracts.Compiler.Code;

/// <summary>An instruction with one operand.</summary>
internal sealed class UnaryExpression(Op op, WasmType type, Expression operand) : Expression(type, Effects.None, operand)
{
    public Op Op { get; } = op;

    public Expression Operand { get; } = operand;

    public override IReadOnlyList<Expression> Operands => [Operand];

    public override Expression With(Expression[] operands) => Fold.Unary(Op, operands[0]);
}
