namespace Phala.Contracts.Compiler.Code;

/// <summary>The memory's size in pages, or its growth by an operand.</summary>
internal sealed class MemoryExpression(Expression? growth) : Expression(WasmType.I32, Effects.Calls, growth is null ? [] : [growth])
{
    public override IReadOnlyList<Expression> Operands { get; } = growth is null ? [] : [growth];

    public override Expression With(Expression[] operands) => new MemoryExpression(operands.Length == 0 ? null : operands[0]);
}
