namespace Phala.Contracts.Compiler.Code;

/// <summary>Writes a scalar to memory.</summary>
internal sealed class StoreStatement(Op op, Expression address, int offset, Expression value) : Statement(address, value)
{
    public Op Op { get; } = op;

    public int Offset { get; } = offset;

    public override Statement With(Expression[] operands) => Fold.Store(Op, operands[0], Offset, operands[1]);
}
