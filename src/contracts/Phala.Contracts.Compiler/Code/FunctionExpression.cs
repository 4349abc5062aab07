namespace Phala.Contracts.Compiler.Code;

/// <summary>A function's place in the table.</summary>
internal sealed class FunctionExpression(FunctionUnit function) : Expression(WasmType.I32, Effects.None)
{
    public FunctionUnit Function { get; } = function;

    public override IReadOnlyList<Expression> Operands => [];

    public override bool IsSimple => true;

    public override Expression With(Expression[] operands) => this;
}
