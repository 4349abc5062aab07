namespace Phala.Contracts.Compiler.Code;

/// <summary>A global variable's value.</summary>
internal sealed class GlobalExpression(GlobalSlot global) : Expression(global.Type, Effects.ReadsGlobal)
{
    public GlobalSlot Global { get; } = global;

    public override IReadOnlyList<Expression> Operands => [];

    public override Expression With(Expression[] operands) => this;
}
