namespace Phala.Contracts.Compiler.Code;

/// <summary>Ends the call if a condition holds.</summary>
internal sealed class CheckStatement(Expression condition, FunctionUnit fault) : Statement(condition)
{
    /// <summary>The function that ends the call and says why.</summary>
    public FunctionUnit Fault { get; } = fault;

    public override Statement With(Expression[] operands) => new CheckStatement(operands[0], Fault);
}
