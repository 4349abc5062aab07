namespace Phala.Contracts.Compiler.Code;

/// <summary>Goes to the block that a number selects, or to the last.</summary>
internal sealed class SwitchExit(Expression selector, Block[] cases, Block otherwise) : Exit
{
    public Expression Selector { get; } = selector;

    public Block[] Cases { get; } = cases;

    public Block Otherwise { get; } = otherwise;

    public override IReadOnlyList<Block> Targets { get; } = [.. cases, otherwise];

    public override Expression Operand => Selector;

    public override Exit With(Expression? operand, Func<Block, Block> map) => new SwitchExit(operand!, Array.ConvertAll(Cases, each => map(each)), map(Otherwise));
}
