namespace Phala.Contracts.Compiler.Code;

/// <summary>Evaluates something for its effects.</summary>
internal sealed class EvaluateStatement(Expression value) : Statement(value)
{
    public override Statement With(Expression[] operands) => new EvaluateStatement(operands[0]);
}
