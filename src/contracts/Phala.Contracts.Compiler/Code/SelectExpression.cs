namespace Phala.Contracts.Compiler.Code;

/// <summary>One of two values; both are evaluated.</summary>
internal sealed class SelectExpression(Expression whenTrue, Expression whenFalse, Expression condition) : Expression(whenTrue.Type, Effects.None, whenTrue, whenFalse, condition)
{
    public override IReadOnlyList<Expression> Operands { get; } = [whenTrue, whenFalse, condition];

    public override Expression With(Expression[] operands) => Fold.Select(operands[0], operands[1], operands[2]);
}
