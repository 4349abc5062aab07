using Phala.Wasm.Binary;

namespace Phala.Wasm.Validation;

/// <summary>The stack of operand types with the open blocks, as in the specification's appendix 7.3. The first error sticks.</summary>
internal sealed class OperandTypes(ResourceLimits limits)
{
    private readonly List<ValueKind> _operands = [];
    private readonly List<ControlFrame> _frames = [];

    public ModuleError Error { get; private set; }

    public int MaximumHeight { get; private set; }

    public int Depth => _frames.Count;

    public void Reset()
    {
        _operands.Clear();
        _frames.Clear();
        Error = ModuleError.None;
        MaximumHeight = 0;
    }

    public void Fail(ModuleError error)
    {
        if (Error == ModuleError.None) Error = error;
    }

    public void Push(ValueKind kind)
    {
        _operands.Add(kind);
        MaximumHeight = Math.Max(MaximumHeight, _operands.Count);
        if (_operands.Count > limits.OperandStack) Fail(ModuleError.OperandStackTooDeep);
    }

    public void Push(ReadOnlySpan<ValueKind> kinds)
    {
        foreach (ValueKind kind in kinds) Push(kind);
    }

    /// <summary>Pops an operand of any type; <see cref="ValueKind.None"/> where unreachable code leaves it open.</summary>
    public ValueKind Pop()
    {
        ControlFrame frame = _frames[^1];
        if (_operands.Count > frame.Height)
        {
            ValueKind kind = _operands[^1];
            _operands.RemoveAt(_operands.Count - 1);
            return kind;
        }

        if (!frame.Unreachable) Fail(ModuleError.TypeMismatch);
        return ValueKind.None;
    }

    public ValueKind Pop(ValueKind expected)
    {
        ValueKind actual = Pop();
        if (actual != expected && actual != ValueKind.None && expected != ValueKind.None) Fail(ModuleError.TypeMismatch);
        return actual;
    }

    public void Pop(ReadOnlySpan<ValueKind> kinds)
    {
        for (int i = kinds.Length - 1; i >= 0; i--) Pop(kinds[i]);
    }

    /// <summary>Checks that operands of these types are on top, and leaves what is there.</summary>
    public void Peek(ReadOnlySpan<ValueKind> kinds)
    {
        Span<ValueKind> actual = stackalloc ValueKind[kinds.Length];
        for (int i = kinds.Length - 1; i >= 0; i--) actual[i] = Pop(kinds[i]);
        Push(actual);
    }

    public void Open(Opcode opcode, FunctionType type)
    {
        _frames.Add(new ControlFrame(opcode, type, _operands.Count, Unreachable: false));
        if (_frames.Count > limits.Nesting + 1) Fail(ModuleError.NestingTooDeep);
        Push(type.Parameters);
    }

    public ControlFrame Close()
    {
        ControlFrame frame = _frames[^1];
        Pop(frame.Type.Results);
        if (_operands.Count != frame.Height) Fail(ModuleError.TypeMismatch);
        _frames.RemoveAt(_frames.Count - 1);
        return frame;
    }

    public void MarkUnreachable()
    {
        ControlFrame frame = _frames[^1];
        _operands.RemoveRange(frame.Height, _operands.Count - frame.Height);
        _frames[^1] = frame with { Unreachable = true };
    }

    /// <summary>What a branch to the label at this depth passes; empty, with an error, where there is no such label.</summary>
    public ReadOnlySpan<ValueKind> LabelTypes(uint depth)
    {
        if (depth < (uint)_frames.Count) return _frames[^(int)(depth + 1)].LabelTypes;
        Fail(ModuleError.UnknownLabel);
        return [];
    }
}
