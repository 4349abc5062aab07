namespace Phala.Contracts.Compiler.Code;

/// <summary>A local variable's value.</summary>
internal sealed class LocalExpression(Local local) : Expression(local.Type, Effects.None)
{
    public Local Local { get; } = local;

    public override IReadOnlyList<Expression> Operands => [];

    public override bool IsSimple => true;

    public override Expression With(Expression[] operands) => this;
}
