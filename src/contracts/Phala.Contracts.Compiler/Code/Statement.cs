namespace Phala.Contracts.Compiler.Code;

/// <summary>Something done in a basic block.</summary>
internal abstract class Statement(params Expression[] operands)
{
    /// <summary>Evaluated from left to right before it acts.</summary>
    public Expression[] Operands { get; } = operands;

    public abstract Statement With(Expression[] operands);
}
