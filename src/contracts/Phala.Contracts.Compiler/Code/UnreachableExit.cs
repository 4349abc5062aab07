namespace Phala.Contracts.Compiler.Code;

/// <summary>The end is never reached: something before it ended the call.</summary>
internal sealed class UnreachableExit : Exit
{
    public static UnreachableExit Instance { get; } = new();

    public override IReadOnlyList<Block> Targets => [];

    public override Exit With(Expression? operand, Func<Block, Block> map) => this;
}
