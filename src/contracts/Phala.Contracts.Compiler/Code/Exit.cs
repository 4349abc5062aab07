namespace Phala.Contracts.Compiler.Code;

/// <summary>How a basic block ends.</summary>
internal abstract class Exit
{
    /// <summary>Where it may go, each once or more.</summary>
    public abstract IReadOnlyList<Block> Targets { get; }

    /// <summary>The expression that decides, or is returned.</summary>
    public virtual Expression? Operand => null;

    public abstract Exit With(Expression? operand, Func<Block, Block> map);
}
