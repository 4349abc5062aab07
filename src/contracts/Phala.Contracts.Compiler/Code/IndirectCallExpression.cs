namespace Phala.Contracts.Compiler.Code;

/// <summary>A call of the function at a place in the table, which is the last operand.</summary>
internal sealed class IndirectCallExpression(FunctionShape shape, Expression[] operands) : Expression(shape.Result, Effects.Calls, operands)
{
    public FunctionShape Shape { get; } = shape;

    public override IReadOnlyList<Expression> Operands { get; } = operands;

    public override Expression With(Expression[] operands) => new IndirectCallExpression(Shape, operands);
}
