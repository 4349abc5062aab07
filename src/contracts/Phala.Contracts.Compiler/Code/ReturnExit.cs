namespace Phala.Contracts.Compiler.Code;

/// <summary>Leaves the function.</summary>
internal sealed class ReturnExit(Expression? value) : Exit
{
    public Expression? Value { get; } = value;

    public override IReadOnlyList<Block> Targets => [];

    public override Expression? Operand => Value;

    public override Exit With(Expression? operand, Func<Block, Block> map) => new ReturnExit(operand);
}
