namespace Phala.Contracts.Compiler.Code;

/// <summary>Writes a global variable.</summary>
internal sealed class SetGlobalStatement(GlobalSlot global, Expression value) : Statement(value)
{
    public GlobalSlot Global { get; } = global;

    public override Statement With(Expression[] operands) => new SetGlobalStatement(Global, operands[0]);
}
