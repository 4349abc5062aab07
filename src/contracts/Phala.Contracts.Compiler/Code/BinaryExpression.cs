namespace Phala.Contracts.Compiler.Code;

/// <summary>An instruction with two operands.</summary>
internal sealed class BinaryExpression(Op op, WasmType type, Expression left, Expression right)
    : Expression(type, op is >= Op.I32DivS and <= Op.I32RemU or >= Op.I64DivS and <= Op.I64RemU && !IsSafe(right) ? Effects.Traps : Effects.None, left, right)
{
    public Op Op { get; } = op;

    public Expression Left { get; } = left;

    public Expression Right { get; } = right;

    public override IReadOnlyList<Expression> Operands => [Left, Right];

    public override Expression With(Expression[] operands) => Fold.Binary(Op, operands[0], operands[1]);

    private static bool IsSafe(Expression divisor) => divisor is ConstantExpression { Value: not (0 or -1) };
}
