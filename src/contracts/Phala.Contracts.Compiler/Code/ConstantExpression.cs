namespace Phala.Contracts.Compiler.Code;

/// <summary>A number.</summary>
internal sealed class ConstantExpression(WasmType type, long value) : Expression(type, Effects.None)
{
    /// <summary>For <see cref="WasmType.I32"/> sign-extended.</summary>
    public long Value { get; } = type == WasmType.I32 ? (int)value : value;

    public override IReadOnlyList<Expression> Operands => [];

    public override bool IsSimple => true;

    public override Expression With(Expression[] operands) => this;
}
