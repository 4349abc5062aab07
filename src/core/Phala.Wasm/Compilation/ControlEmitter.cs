using System.Reflection.Emit;
using Phala.Wasm.Binary;
using Phala.Wasm.Validation;

namespace Phala.Wasm.Compilation;

/// <summary>
/// Emits blocks and branches. A block's values lie in the slots above its height, so that all paths agree where they are.
/// <para>Invariant: the evaluation stack is clear wherever a label stands or a branch is emitted; unreachable code emits nothing.</para>
/// </summary>
internal sealed class ControlEmitter(
    ILGenerator il, IndexSpaces spaces, Frame frame, OperandStack operands, MemoryEmitter memory, FunctionAnalysis analysis)
{
    private readonly List<LabelFrame> _labels = [];
    private FunctionType _type = FunctionType.Empty;
    private int _segment;
    private int _skipped;
    private LocalBuilder? _condition;

    /// <summary>Whether the code at hand can be reached.</summary>
    public bool Reachable { get; private set; } = true;

    /// <summary>Whether blocks are open.</summary>
    public bool Open => _labels.Count > 0;

    /// <summary>Opens the function's outermost block and charges its first segment.</summary>
    public void Begin(FunctionType type)
    {
        _type = type;
        PushLabel(Opcode.Block, new FunctionType([], type.Results), il.DefineLabel(), default);
        EmitSegment();
    }

    /// <summary>Passes over unreachable code; true while within it.</summary>
    public bool Skip(Opcode opcode)
    {
        if (opcode is Opcode.Block or Opcode.Loop or Opcode.If) _skipped++;
        if (opcode is not (Opcode.End or Opcode.Else)) return true;
        if (_skipped == 0) return false;
        if (opcode == Opcode.End) _skipped--;
        return true;
    }

    public void Emit(in Instruction instruction, List<uint> labels)
    {
        switch (instruction.Opcode)
        {
            case Opcode.Unreachable:
                operands.SpillEvaluation();
                il.Emit(OpCodes.Br, frame.TrapLabel(TrapKind.Unreachable));
                Reachable = false;
                break;
            case Opcode.Block:
                operands.SpillAll();
                PushLabel(Opcode.Block, spaces.BlockType(instruction.Bits), il.DefineLabel(), default);
                break;
            case Opcode.Loop:
                EmitLoop(spaces.BlockType(instruction.Bits));
                break;
            case Opcode.If:
                EmitIf(spaces.BlockType(instruction.Bits));
                break;
            case Opcode.Else:
                EmitElse();
                break;
            case Opcode.End:
                EmitEnd();
                break;
            default:
                EmitBranches(in instruction, labels);
                break;
        }
    }

    private void EmitBranches(in Instruction instruction, List<uint> labels)
    {
        switch (instruction.Opcode)
        {
            case Opcode.Br:
                operands.SpillEvaluation();
                EmitBranch(instruction.Index);
                break;
            case Opcode.Return:
                operands.SpillEvaluation();
                EmitBranch((uint)_labels.Count - 1);
                break;
            case Opcode.BrIf:
                EmitBranchIf(instruction.Index);
                break;
            default:
                EmitBranchTable(instruction.Index, labels);
                break;
        }
    }

    private void PushLabel(Opcode opcode, FunctionType type, Label label, Label otherwise) =>
        _labels.Add(new LabelFrame(new OpenBlock(opcode, Targeted: false, Reachable: false), type, operands.Count - type.Parameters.Length, label, otherwise));

    private void EmitSegment() => frame.EmitCharge(analysis.SegmentCosts[_segment++]);

    private void EmitLoop(FunctionType type)
    {
        operands.SpillAll();
        MoveParameters(type);
        Label start = il.DefineLabel();
        PushLabel(Opcode.Loop, type, start, default);
        il.MarkLabel(start);
        memory.ForgetAll();
        frame.EmitStopCheck();
        EmitSegment();
    }

    private void EmitIf(FunctionType type)
    {
        // The condition is on top of the block's parameters.
        Label otherwise = il.DefineLabel();
        operands.SpillBelowTop();
        operands.LoadCondition();
        if (type.Parameters.Length > 0)
        {
            _condition ??= il.DeclareLocal(typeof(int));
            il.Emit(OpCodes.Stloc, _condition);
            MoveParameters(type);
            il.Emit(OpCodes.Ldloc, _condition);
        }

        il.Emit(OpCodes.Brfalse, otherwise);
        PushLabel(Opcode.If, type, il.DefineLabel(), otherwise);
        EmitSegment();
    }

    /// <summary>Puts a block's parameters where both halves of an <c>if</c>, or all iterations of a loop, find them.</summary>
    private void MoveParameters(FunctionType type)
    {
        int height = operands.Count - type.Parameters.Length;
        operands.MoveToLabel(type.Parameters.Length, height);
        operands.Truncate(height);
        operands.PushSlots(type.Parameters);
    }

    private void EmitElse()
    {
        LabelFrame top = _labels[^1];
        if (Reachable) EmitFallThrough(top);
        if (Reachable) il.Emit(OpCodes.Br, top.Label);
        il.MarkLabel(top.Else);
        _labels[^1] = top with { Block = top.Block with { Opcode = Opcode.Else, Reachable = Reachable } };
        operands.Truncate(top.Height);
        operands.PushSlots(top.Type.Parameters);
        memory.ForgetAll();
        Reachable = true;
        EmitSegment();
    }

    private void EmitEnd()
    {
        LabelFrame top = _labels[^1];
        _labels.RemoveAt(_labels.Count - 1);
        if (Reachable) EmitFallThrough(top);
        // Without else the parameters are the results, and lie in the same slots.
        if (top.Block.Opcode == Opcode.If) il.MarkLabel(top.Else);
        if (top.Block.Opcode != Opcode.Loop) il.MarkLabel(top.Label);
        Reachable = top.Block.ReachableAfter(Reachable);
        operands.Truncate(top.Height);
        if (_labels.Count == 0)
        {
            EmitReturn();
            return;
        }

        operands.PushSlots(top.Type.Results);
        if (top.Block.Joins) memory.ForgetAll();
        if (Reachable && top.Block.Joins) EmitSegment();
    }

    private void EmitFallThrough(LabelFrame top)
    {
        operands.SpillEvaluation();
        operands.MoveToLabel(top.Type.Results.Length, top.Height);
    }

    private void EmitReturn()
    {
        if (!Reachable) return;
        frame.EmitSaveFuel();
        ReadOnlySpan<ValueKind> results = _type.Results;
        for (int i = 1; i < results.Length; i++) Results.EmitStore(il, frame, operands, i, results[i]);
        if (results.Length > 0) operands.LoadSlot(0, results[0]);
        il.Emit(OpCodes.Ret);
    }

    /// <summary>Branches to a label; the evaluation stack is clear. What follows cannot be reached.</summary>
    private void EmitBranch(uint depth)
    {
        EmitTransfer(depth);
        Reachable = false;
    }

    private void EmitTransfer(uint depth)
    {
        LabelFrame target = Target(depth);
        operands.MoveToLabel(target.LabelTypes.Length, target.Height);
        il.Emit(OpCodes.Br, target.Label);
    }

    private LabelFrame Target(uint depth)
    {
        int at = _labels.Count - 1 - (int)depth;
        LabelFrame target = _labels[at];
        _labels[at] = target with { Block = target.Block with { Targeted = true } };
        return target;
    }

    private void EmitBranchIf(uint depth)
    {
        LabelFrame target = Target(depth);
        operands.SpillEvaluationBelowTop();
        operands.LoadCondition();
        if (target.LabelTypes.Length == 0)
        {
            il.Emit(OpCodes.Brtrue, target.Label);
        }
        else
        {
            Label past = il.DefineLabel();
            il.Emit(OpCodes.Brfalse, past);
            EmitTransfer(depth);
            il.MarkLabel(past);
        }

        EmitSegment();
    }

    private void EmitBranchTable(uint fallback, List<uint> labels)
    {
        operands.SpillEvaluationBelowTop();
        operands.LoadCondition();
        SortedDictionary<uint, Label> ways = [];
        Label[] table = new Label[labels.Count];
        for (int i = 0; i < table.Length; i++) table[i] = WayTo(labels[i], ways);
        il.Emit(OpCodes.Switch, table);
        EmitTransfer(fallback);
        foreach ((uint depth, Label way) in ways)
        {
            il.MarkLabel(way);
            EmitTransfer(depth);
        }

        Reachable = false;
    }

    /// <summary>Where the table leads for a label: a few instructions that move its values, shared by equal labels.</summary>
    private Label WayTo(uint depth, SortedDictionary<uint, Label> ways)
    {
        if (!ways.TryGetValue(depth, out Label way)) ways[depth] = way = il.DefineLabel();
        return way;
    }
}
