namespace Phala.Contracts.Compiler.Code;

/// <summary>Goes to one of two blocks.</summary>
internal sealed class BranchExit(Expression condition, Block whenTrue, Block whenFalse) : Exit
{
    public Expression Condition { get; } = condition;

    public Block WhenTrue { get; } = whenTrue;

    public Block WhenFalse { get; } = whenFalse;

    public override IReadOnlyList<Block> Targets => [WhenTrue, WhenFalse];

    public override Expression Operand => Condition;

    public override Exit With(Expression? operand, Func<Block, Block> map) => new BranchExit(operand!, map(WhenTrue), map(WhenFalse));
}
