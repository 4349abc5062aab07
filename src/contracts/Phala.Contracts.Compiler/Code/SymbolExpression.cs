namespace Phala.Contracts.Compiler.Code;

/// <summary>An address in static memory.</summary>
internal sealed class SymbolExpression(DataSymbol symbol, int offset) : Expression(WasmType.I32, Effects.None)
{
    public DataSymbol Symbol { get; } = symbol;

    public int Offset { get; } = offset;

    public override IReadOnlyList<Expression> Operands => [];

    public override bool IsSimple => true;

    public override Expression With(Expression[] operands) => this;
}
