namespace Phala.Contracts.Compiler.Code;

/// <summary>A call of a function.</summary>
internal sealed class CallExpression(FunctionUnit function, Expression[] arguments) : Expression(function.Shape.Result, Effects.Calls, arguments)
{
    public FunctionUnit Function { get; } = function;

    public override IReadOnlyList<Expression> Operands { get; } = arguments;

    public override Expression With(Expression[] operands) => new CallExpression(Function, operands);
}
