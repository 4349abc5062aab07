namespace Phala.Contracts.Compiler.Code;

/// <summary>A tree that yields one scalar. Immutable; evaluated from left to right.</summary>
internal abstract class Expression
{
    protected Expression(WasmType type, Effects own, params ReadOnlySpan<Expression> operands)
    {
        Type = type;
        Effects effects = own;
        int size = 1, depth = 0;
        foreach (Expression operand in operands)
        {
            effects |= operand.Effects;
            size += operand.Size;
            depth = Math.Max(depth, operand.Depth);
        }

        Effects = effects;
        Size = size;
        Depth = depth + 1;
    }

    public WasmType Type { get; }

    public Effects Effects { get; }

    /// <summary>How many nodes it has.</summary>
    public int Size { get; }

    public int Depth { get; }

    public abstract IReadOnlyList<Expression> Operands { get; }

    /// <summary>Whether it may be evaluated any number of times at no cost.</summary>
    public virtual bool IsSimple => false;

    /// <summary>The same with other operands.</summary>
    public abstract Expression With(Expression[] operands);
}
