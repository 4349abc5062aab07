using System.Reflection.Emit;
using Phala.Wasm.Binary;

namespace Phala.Wasm.Compilation;

/// <summary>
/// The guest's operand stack at compile time. Operands stay constants, locals or values on the CIL evaluation stack for as long as possible;
/// before a branch they move to slots, one CIL local per height and type.
/// <para>Invariant: the values on the CIL evaluation stack are exactly the operands placed there, in their order.</para>
/// </summary>
internal sealed class OperandStack(ILGenerator il, FunctionLocals locals, NaNEmitter nans)
{
    /// <summary>The .NET compiler recurses over expressions; deeper ones are cut.</summary>
    private const int MostDepth = 16;

    private readonly List<Operand> _operands = [];
    private readonly Dictionary<(int Height, ValueKind Kind), LocalBuilder> _slots = [];

    public int Count => _operands.Count;

    public Operand this[int fromTop] => _operands[^(fromTop + 1)];

    /// <summary>Slots in use so far.</summary>
    public int SlotCount => _slots.Count;

    public void PushConstant(ValueKind kind, ulong bits) => _operands.Add(new Operand(OperandPlace.Constant, kind, bits));

    public void PushLocal(uint index) => _operands.Add(new Operand(OperandPlace.Local, locals.KindOf(index), index, MayBeAnyNaN: locals.MayHoldAnyNaN(index)));

    /// <summary>Takes note of a result that an emitted instruction left on the evaluation stack.</summary>
    public void PushResult(ValueKind kind, int depth = 0, bool mayBeAnyNaN = false)
    {
        _operands.Add(new Operand(OperandPlace.Evaluation, kind, 0, depth, mayBeAnyNaN));
        if (depth >= MostDepth) Spill(_operands.Count - 1);
    }

    /// <summary>Takes note of values that lie in the slots of the next heights.</summary>
    public void PushSlots(ReadOnlySpan<ValueKind> kinds)
    {
        foreach (ValueKind kind in kinds) _operands.Add(new Operand(OperandPlace.Slot, kind));
    }

    /// <summary>Forgets the operands above a height, none of which is on the evaluation stack, or whose values no code will use.</summary>
    public void Truncate(int height) => _operands.RemoveRange(height, _operands.Count - height);

    /// <summary>
    /// Emits the top operands onto the evaluation stack in their order and pops them. Unless the consumer is arithmetic that treats all NaNs
    /// alike, they are made canonical. Returns the depth of the deepest expression among them.
    /// </summary>
    public int Load(int count, bool anyNaN = false)
    {
        int first = _operands.Count - count;
        if (!anyNaN) MakeCanonical(first);
        int loaded = first;
        while (loaded < _operands.Count && _operands[loaded].Place == OperandPlace.Evaluation) loaded++;
        SpillFrom(loaded);
        int depth = 0;
        for (int i = first; i < _operands.Count; i++)
        {
            if (i >= loaded) EmitLoad(i);
            depth = Math.Max(depth, _operands[i].Depth);
        }

        Truncate(first);
        return depth;
    }

    /// <summary>Clears the evaluation stack and makes the top operands canonical, before something is emitted below them.</summary>
    public void Prepare(int count)
    {
        SpillEvaluation();
        MakeCanonical(_operands.Count - count);
    }

    /// <summary>Emits a copy of an operand, counted from the top, that is not on the evaluation stack.</summary>
    public void Peek(int fromTop) => EmitLoad(_operands.Count - 1 - fromTop);

    /// <summary>Drops the top operand.</summary>
    public void Drop()
    {
        if (_operands[^1].Place == OperandPlace.Evaluation) il.Emit(OpCodes.Pop);
        Truncate(_operands.Count - 1);
    }

    /// <summary>Clears the evaluation stack, as a branch demands; constants and locals stay where they are.</summary>
    public void SpillEvaluation() => SpillFrom(0);

    /// <summary>Moves everything that a later assignment could change, and everything on the evaluation stack, to slots.</summary>
    public void SpillAll()
    {
        SpillEvaluation();
        for (int i = 0; i < _operands.Count; i++)
        {
            if (_operands[i].Place == OperandPlace.Local) Spill(i);
        }
    }

    /// <summary>Clears the evaluation stack but for the top operand, which the branch itself consumes.</summary>
    public void SpillEvaluationBelowTop()
    {
        for (int i = 0; i < _operands.Count - 1; i++)
        {
            if (_operands[i].Place != OperandPlace.Evaluation) continue;
            SpillEvaluation();
            return;
        }
    }

    /// <summary>As <see cref="SpillAll"/>, but for the top operand, which the branch itself consumes.</summary>
    public void SpillBelowTop()
    {
        SpillEvaluationBelowTop();
        for (int i = 0; i < _operands.Count - 1; i++)
        {
            if (_operands[i].Place == OperandPlace.Local) Spill(i);
        }
    }

    /// <summary>Emits and pops the top operand as the condition of a branch.</summary>
    public void LoadCondition() => Load(1);

    /// <summary>Saves operands that still refer to a local which is about to be assigned.</summary>
    public void SpillLocal(uint index)
    {
        for (int i = 0; i < _operands.Count; i++)
        {
            if (_operands[i].Place == OperandPlace.Local && _operands[i].Bits == index) Spill(i);
        }
    }

    /// <summary>
    /// Moves the top operands to the slots above <paramref name="height"/>, where a label expects them, canonical. The evaluation stack must be
    /// clear. The operands stay on the stack as they are for code that does not branch.
    /// </summary>
    public void MoveToLabel(int count, int height)
    {
        for (int i = 0; i < count; i++)
        {
            int from = _operands.Count - count + i;
            Operand operand = _operands[from];
            if (operand.Place == OperandPlace.Slot && from == height + i && !operand.MayBeAnyNaN) continue;
            LocalBuilder slot = SlotOf(height + i, operand.Kind);
            EmitLoad(from);
            il.Emit(OpCodes.Stloc, slot);
            if (operand.MayBeAnyNaN) nans.EmitCanonical(slot);
        }
    }

    /// <summary>As <see cref="MoveToLabel"/> for the operand below the top one.</summary>
    public void MoveSecondToLabel(int height)
    {
        Operand top = _operands[^1];
        _operands.RemoveAt(_operands.Count - 1);
        MoveToLabel(1, height);
        _operands.Add(top);
    }

    /// <summary>Emits the load of what a label left in the slots above <paramref name="height"/>.</summary>
    public void LoadSlot(int height, ValueKind kind) => il.Emit(OpCodes.Ldloc, SlotOf(height, kind));

    /// <summary>Moves the top of the evaluation stack to a slot.</summary>
    public void StoreSlot(int height, ValueKind kind) => il.Emit(OpCodes.Stloc, SlotOf(height, kind));

    /// <summary>Makes the operands from a place on canonical where arithmetic left any NaN.</summary>
    private void MakeCanonical(int first)
    {
        for (int i = first; i < _operands.Count; i++)
        {
            if (!_operands[i].MayBeAnyNaN) continue;
            SpillEvaluation();
            if (_operands[i].Place != OperandPlace.Slot) Spill(i);
            nans.EmitCanonical(SlotOf(i, _operands[i].Kind));
            _operands[i] = _operands[i] with { MayBeAnyNaN = false };
        }
    }

    private void SpillFrom(int first)
    {
        for (int i = _operands.Count - 1; i >= first; i--)
        {
            if (_operands[i].Place == OperandPlace.Evaluation) Spill(i);
        }
    }

    private void Spill(int at)
    {
        Operand operand = _operands[at];
        if (operand.Place != OperandPlace.Evaluation) EmitLoad(at);
        il.Emit(OpCodes.Stloc, SlotOf(at, operand.Kind));
        _operands[at] = new Operand(OperandPlace.Slot, operand.Kind, MayBeAnyNaN: operand.MayBeAnyNaN);
    }

    private void EmitLoad(int at)
    {
        Operand operand = _operands[at];
        switch (operand.Place)
        {
            case OperandPlace.Slot:
                il.Emit(OpCodes.Ldloc, SlotOf(at, operand.Kind));
                break;
            case OperandPlace.Local:
                locals.EmitLoad((uint)operand.Bits);
                break;
            case OperandPlace.Constant:
                Constants.Emit(il, operand.Kind, operand.Bits);
                break;
            default:
                throw new InvalidOperationException("The operand is on the evaluation stack already.");
        }
    }

    private LocalBuilder SlotOf(int height, ValueKind kind)
    {
        if (!_slots.TryGetValue((height, kind), out LocalBuilder? slot)) _slots[(height, kind)] = slot = il.DeclareLocal(HostSignature.ToClr(kind));
        return slot;
    }
}
