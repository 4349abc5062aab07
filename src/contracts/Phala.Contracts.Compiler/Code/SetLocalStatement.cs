namespace Phala.Contracts.Compiler.Code;

/// <summary>Writes a local variable.</summary>
internal sealed class SetLocalStatement(Local local, Expression value) : Statement(value)
{
    public Local Local { get; } = local;

    public Expression Value => Operands[0];

    public override Statement With(Expression[] operands) => new SetLocalStatement(Local, operands[0]);
}
