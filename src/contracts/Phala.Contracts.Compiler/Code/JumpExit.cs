namespace Phala.Contracts.Compiler.Code;

/// <summary>Goes on in another block.</summary>
internal sealed class JumpExit(Block target) : Exit
{
    public Block Target { get; } = target;

    public override IReadOnlyList<Block> Targets => [Target];

    public override Exit With(Expression? operand, Func<Block, Block> map) => new JumpExit(map(Target));
}
