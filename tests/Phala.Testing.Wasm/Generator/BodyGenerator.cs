using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Generator;

/// <summary>Writes a random body: instructions in a row, nested blocks, branches and calls.</summary>
internal sealed class BodyGenerator
{
    private const int DeepestNesting = 4, DeepestLoops = 2;

    /// <summary>How many bodies of a hundred are long.</summary>
    private const int LongBodies = 3;

    private static readonly Opcode[] LoopConditions = [Opcode.I32LtS, Opcode.I32LtU, Opcode.I32Ne, Opcode.I32LeS, Opcode.I32LeU];

    private readonly Choice _choice;
    private readonly GeneratorOptions _options;
    private readonly ModuleShape _shape;
    private readonly OperandWriter _writer;
    private readonly PlainGenerator _plain;
    private FunctionType _type = new([], []);

    public BodyGenerator(Choice choice, GeneratorOptions options, ModuleShape shape)
    {
        _choice = choice;
        _options = options;
        _shape = shape;
        _writer = new OperandWriter(choice, options, shape);
        _plain = new PlainGenerator(_writer);
    }

    /// <summary>Writes a constant of a type; for references a null or any function.</summary>
    public static void WriteConstant(CodeWriter code, Choice choice, ModuleShape shape, ValueKind kind)
    {
        switch (kind)
        {
            case ValueKind.I32:
                code.I32((int)Constants.Pick(choice, kind));
                break;
            case ValueKind.I64:
                code.I64((long)Constants.Pick(choice, kind));
                break;
            case ValueKind.F32:
                code.F32((uint)Constants.Pick(choice, kind));
                break;
            case ValueKind.F64:
                code.F64(Constants.Pick(choice, kind));
                break;
            case ValueKind.FuncRef when choice.Percent(70):
                code.Op(Opcode.RefFunc, (uint)choice.Below(shape.OrdinaryFunctions));
                break;
            default:
                code.Null(kind);
                break;
        }
    }

    public FunctionBody Generate(FunctionType type)
    {
        _type = type;
        _writer.Locals.AddRange(type.Parameters);
        int extra = _choice.Between(2, 6);
        for (int i = 0; i < extra; i++) _writer.Locals.Add(_choice.Percent(85) ? _choice.Of(_options.Numbers) : _choice.Of(_options.Kinds));
        _writer.FirstReserved = _writer.Locals.Count;
        _writer.Blocks.Add(new OpenBlock(Opcode.Call, type, 0));
        if (_options.Bounded) CountCall();
        bool isLong = _choice.Percent(LongBodies);
        if (isLong) _writer.Budget = 1_000;
        Steps(isLong ? _choice.Between(40, 90) : _choice.Between(4, 14));
        Finish();
        _writer.Code.Op(Opcode.End);
        return new FunctionBody([.. Group(_writer.Locals.Skip(type.Parameters.Length))], _writer.Code.ToArray());
    }

    private static List<LocalGroup> Group(IEnumerable<ValueKind> kinds)
    {
        List<LocalGroup> groups = [];
        foreach (ValueKind kind in kinds)
        {
            if (groups.Count > 0 && groups[^1].Kind == kind) groups[^1] = groups[^1] with { Count = groups[^1].Count + 1 };
            else groups.Add(new LocalGroup(1, kind));
        }

        return groups;
    }

    /// <summary>Returns at once when the budget of calls is used up.</summary>
    private void CountCall()
    {
        CodeWriter code = _writer.Code;
        code.Op(Opcode.GlobalGet, _shape.CallBudget).Op(Opcode.I32Eqz).Open(Opcode.If);
        ReturnAnything();
        code.Op(Opcode.End);
        code.Op(Opcode.GlobalGet, _shape.CallBudget).I32(1).Op(Opcode.I32Sub).Op(Opcode.GlobalSet, _shape.CallBudget);
    }

    private void ReturnAnything()
    {
        foreach (ValueKind kind in _type.Results) WriteConstant(_writer.Code, _choice, _shape, kind);
        _writer.Code.Op(Opcode.Return);
    }

    private void Steps(int count)
    {
        for (; count > 0 && _writer.Budget > 0; count--)
        {
            Step();
            // Now and then a few instructions follow that nothing reaches.
            if (_writer.Blocks[^1].Dead && _choice.Percent(75)) return;
        }
    }

    private void Step()
    {
        switch (_choice.Below(100))
        {
            case < 34:
                _plain.Numeric();
                break;
            case < 42:
                _plain.Load();
                break;
            case < 50:
                _plain.Store();
                break;
            case < 56:
                _plain.Variable();
                break;
            case < 60:
                _plain.Choose();
                break;
            case < 63:
                _plain.Reference();
                break;
            case < 69:
                _plain.Table();
                break;
            case < 74:
                _plain.Memory();
                break;
            case < 86:
                Block();
                break;
            case < 92:
                Branch();
                break;
            case < 99:
                Call();
                break;
            default:
                Stop();
                break;
        }
    }

    /// <summary>Block, loop or if, of a type of the module or of the short form.</summary>
    private void Block()
    {
        if (_writer.Blocks.Count > DeepestNesting) return;
        Opcode opcode = _choice.Of([Opcode.Block, Opcode.Loop, Opcode.If]);
        if (opcode == Opcode.Loop && _writer.Blocks.Count(block => block.Opcode == Opcode.Loop) >= DeepestLoops) opcode = Opcode.Block;
        bool isShort = _choice.Percent(50);
        uint index = (uint)_choice.Below(_shape.Types.Count);
        FunctionType type = !isShort ? _shape.Types[(int)index] : _choice.Percent(40) ? new FunctionType([], []) : new FunctionType([], [_choice.Of(_writer.Locals)]);
        ValueKind[] parameters = type.Parameters.ToArray();
        _writer.Need(opcode == Opcode.If ? [.. parameters, ValueKind.I32] : parameters);
        uint counter = opcode == Opcode.Loop ? StartCounter() : 0;
        if (isShort) _writer.Code.Open(opcode, type.Results.Length == 0 ? ValueKind.None : type.Results[0]);
        else _writer.Code.OpenTyped(opcode, index);
        _writer.Account(opcode == Opcode.If ? [.. parameters, ValueKind.I32] : parameters, []);

        Fill(opcode, type, counter);
        if (opcode == Opcode.If && (!parameters.AsSpan().SequenceEqual(type.Results) || _choice.Percent(60)))
        {
            _writer.Code.Op(Opcode.Else);
            Fill(opcode, type, 0);
        }

        _writer.Code.Op(Opcode.End);
        _writer.Assume(type.Results);
    }

    private void Fill(Opcode opcode, FunctionType type, uint counter)
    {
        _writer.Blocks.Add(new OpenBlock(opcode, type, _writer.Height));
        _writer.Assume(type.Parameters);
        bool counted = opcode == Opcode.Loop && _options.Bounded;
        if (counted) CountIteration(counter);
        Steps(_choice.Between(0, 5));
        if (counted && _choice.Percent(50)) BranchWhileCounting(counter);
        else if (opcode == Opcode.Loop && _choice.Percent(50)) BranchIf(0);
        Finish();
        _writer.Cut();
        if (counted) _writer.Counters.Pop();
        _writer.Blocks.RemoveAt(_writer.Blocks.Count - 1);
    }

    private uint StartCounter()
    {
        if (!_options.Bounded) return 0;
        uint counter = _writer.Reserve(ValueKind.I32);
        _writer.Code.I32(0).Op(Opcode.LocalSet, counter);
        return counter;
    }

    private void CountIteration(uint counter)
    {
        _writer.Code.Op(Opcode.LocalGet, counter).I32(1).Op(Opcode.I32Add).Op(Opcode.LocalTee, counter).I32(_choice.Percent(70) ? _choice.Between(1, 4) : _choice.Between(5, 12)).Op(Opcode.I32GtU).Open(Opcode.If);
        ReturnAnything();
        _writer.Code.Op(Opcode.End);
        _writer.Counters.Push(counter);
    }

    /// <summary>The usual end of a loop: once more while the counter has not reached its end.</summary>
    private void BranchWhileCounting(uint counter)
    {
        _writer.Need(LabelTypes(0));
        _writer.Code.Op(Opcode.LocalGet, counter).I32(_choice.Between(1, 12)).Op(_choice.Of(LoopConditions)).Op(Opcode.BrIf, 0);
    }

    /// <summary>Leaves the results of the innermost block on the stack, or nothing where no one gets there.</summary>
    private void Finish()
    {
        OpenBlock block = _writer.Blocks[^1];
        bool leaveOpen = block.Dead && _writer.Height == block.Height && _choice.Percent(60);
        if (!leaveOpen) _writer.Settle(block.Type.Results);
    }

    private void Branch()
    {
        uint depth = (uint)_choice.Below(_writer.Blocks.Count);
        switch (_choice.Below(12))
        {
            case < 7:
                BranchIf(depth);
                break;
            case < 8:
                _writer.Need(LabelTypes(depth));
                _writer.Code.Op(Opcode.Br, depth);
                Die();
                break;
            case < 11:
                BranchTable(depth);
                break;
            default:
                _writer.Need(_type.Results);
                _writer.Code.Op(Opcode.Return);
                Die();
                break;
        }
    }

    private ValueKind[] LabelTypes(uint depth) => _writer.Blocks[^(1 + (int)depth)].LabelTypes;

    private void BranchIf(uint depth)
    {
        ValueKind[] kinds = LabelTypes(depth);
        _writer.Need([.. kinds, ValueKind.I32]);
        _writer.Write(Opcode.BrIf, [ValueKind.I32], [], depth);
    }

    private void BranchTable(uint depth)
    {
        ValueKind[] kinds = LabelTypes(depth);
        uint[] fitting = [.. Enumerable.Range(0, _writer.Blocks.Count).Select(label => (uint)label).Where(label => LabelTypes(label).AsSpan().SequenceEqual(kinds))];
        _writer.Need([.. kinds, ValueKind.I32]);
        if (_choice.Percent(80)) _writer.Mask(8);
        uint[] labels = [.. Enumerable.Range(0, _choice.Below(6)).Select(_ => _choice.Of(fitting))];
        _writer.Code.BranchTable(labels, depth);
        Die();
    }

    /// <summary>What follows in the innermost block is not reached.</summary>
    private void Die()
    {
        _writer.Budget--;
        _writer.Cut();
        _writer.Blocks[^1].Dead = true;
    }

    private void Call()
    {
        if (_choice.Percent(60))
        {
            uint function = (uint)_choice.Below(_shape.OrdinaryFunctions);
            FunctionType type = _shape.TypeOf(function);
            _writer.Need(type.Parameters);
            _writer.Write(Opcode.Call, type.Parameters, type.Results, function);
            return;
        }

        int slot = _choice.Below(_shape.Slots.Count);
        uint index = _choice.Percent(92) ? _shape.FunctionTypes[(int)_shape.Slots[slot]] : (uint)_choice.Below(_shape.Types.Count);
        FunctionType called = _shape.Types[(int)index];
        _writer.Need(called.Parameters);
        if (_choice.Percent(95)) _writer.PushConstant(slot);
        else _writer.PushBelow(16);
        _writer.Write(Opcode.CallIndirect, [.. called.Parameters, ValueKind.I32], called.Results, index, 0);
    }

    private void Stop()
    {
        if (_choice.Percent(40))
        {
            _writer.Write(Opcode.Nop, [], []);
            return;
        }

        bool always = _choice.Percent(15);
        if (!always)
        {
            _writer.PushBelow(16);
            _writer.Code.Op(Opcode.I32Eqz).Open(Opcode.If);
            _writer.Account([ValueKind.I32], []);
        }

        _writer.Code.Op(Opcode.Unreachable);
        if (always) Die();
        else _writer.Code.Op(Opcode.End);
    }
}
