using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Generator;

/// <summary>Makes a random valid function body: statements that leave the operand stack as it was, then an expression for each result.</summary>
internal sealed class RandomBody
{
    private readonly Random _random;
    private readonly RandomModule _module;
    private readonly FunctionType _type;
    private readonly ValueKind[] _locals;
    private readonly CodeWriter _code = new();
    private readonly List<ValueKind[]> _labels = [];
    private readonly RandomExpressions _expressions;
    private int _budget = 40;

    public RandomBody(Random random, RandomModule module, FunctionType type)
    {
        _random = random;
        _module = module;
        _type = type;
        _locals = [.. type.Parameters, .. RandomModule.Kinds, .. RandomModule.Kinds.Take(4)];
        _expressions = new RandomExpressions(random, module, _code, _locals, this);
    }

    public FunctionBody Make()
    {
        _labels.Add(_type.Results.ToArray());
        Statements(2 + _random.Next(5));
        foreach (ValueKind kind in _type.Results) _expressions.Make(kind, 3);
        _code.Op(Opcode.End);
        LocalGroup[] groups = [.. _locals.Skip(_type.Parameters.Length).Select(kind => new LocalGroup(1, kind))];
        return new FunctionBody(groups, _code.ToArray());
    }

    /// <summary>A block, loop or if that leaves one value.</summary>
    public void BlockOf(ValueKind kind, int depth)
    {
        switch (_random.Next(3))
        {
            case 0:
                Nested(Opcode.Block, [kind], kind, depth);
                break;
            case 1:
                Nested(Opcode.Loop, [], kind, depth);
                break;
            default:
                _expressions.Make(ValueKind.I32, depth - 1);
                _code.Open(Opcode.If, kind);
                Inside([kind], () => ValueAfterStatements(kind, depth));
                _code.Op(Opcode.Else);
                Inside([kind], () => ValueAfterStatements(kind, depth));
                _code.Op(Opcode.End);
                break;
        }
    }

    private void Nested(Opcode opcode, ValueKind[] label, ValueKind kind, int depth)
    {
        _code.Open(opcode, kind);
        Inside(label, () =>
        {
            ValueAfterStatements(kind, depth);
            if (label.Length == 0 || _random.Next(2) == 0) return;
            // A conditional branch with a value, which stays on the stack where it is not taken.
            _expressions.Make(ValueKind.I32, 1);
            _code.Op(Opcode.BrIf, 0);
        });
        _code.Op(Opcode.End);
    }

    private void ValueAfterStatements(ValueKind kind, int depth)
    {
        if (depth > 1) Statements(_random.Next(2));
        _expressions.Make(kind, depth - 1);
    }

    private void Inside(ValueKind[] label, Action make)
    {
        _labels.Add(label);
        make();
        _labels.RemoveAt(_labels.Count - 1);
    }

    private void Statements(int count)
    {
        for (int i = 0; i < count && _budget-- > 0; i++) Statement();
    }

    private void Statement()
    {
        switch (_random.Next(14))
        {
            case 0 or 1:
                uint local = (uint)_random.Next(_locals.Length);
                _expressions.Make(_locals[local], 3);
                _code.Op(Opcode.LocalSet, local);
                break;
            case 2:
                uint global = (uint)_random.Next(RandomModule.Kinds.Length);
                _expressions.Make(RandomModule.Kinds[global], 3);
                _code.Op(Opcode.GlobalSet, global);
                break;
            case 3 or 4:
                _expressions.Store();
                break;
            case 5:
                _expressions.Make(RandomModule.Kinds[_random.Next(RandomModule.Kinds.Length)], 3);
                _code.Op(Opcode.Drop);
                break;
            case 6:
                _expressions.Bulk();
                break;
            case 7:
                _expressions.TableStatement();
                break;
            case 8:
                BlockWithParameters();
                break;
            case 9:
                Branch();
                break;
            case 10:
                CountedLoop();
                break;
            case 11:
                _expressions.Make(ValueKind.I32, 2);
                _code.Open(Opcode.If);
                Inside([], () => Statements(1 + _random.Next(2)));
                if (_random.Next(2) == 0)
                {
                    _code.Op(Opcode.Else);
                    Inside([], () => Statements(1));
                }

                _code.Op(Opcode.End);
                break;
            case 12:
                CallAndDrop();
                break;
            default:
                _code.Op(Opcode.Nop);
                break;
        }
    }

    private void CallAndDrop()
    {
        FunctionType type = _expressions.Call();
        foreach (ValueKind _ in type.Results) _code.Op(Opcode.Drop);
    }

    /// <summary>A block of a type of the module, with parameters and several results.</summary>
    private void BlockWithParameters()
    {
        uint index = (uint)_random.Next(_module.Types.Length);
        FunctionType type = _module.Types[index];
        Opcode opcode = _random.Next(2) == 0 ? Opcode.Block : Opcode.Loop;
        foreach (ValueKind kind in type.Parameters) _expressions.Make(kind, 1);
        _code.OpenTyped(opcode, index);
        Inside(opcode == Opcode.Loop ? type.Parameters.ToArray() : type.Results.ToArray(), () =>
        {
            foreach (ValueKind _ in type.Parameters) _code.Op(Opcode.Drop);
            Statements(_random.Next(2));
            foreach (ValueKind kind in type.Results) _expressions.Make(kind, 2);
        });
        _code.Op(Opcode.End);
        foreach (ValueKind _ in type.Results) _code.Op(Opcode.Drop);
    }

    /// <summary>Leaves a block early, sometimes through a table, with code behind that cannot be reached.</summary>
    private void Branch()
    {
        _code.Open(Opcode.Block);
        Inside([], () =>
        {
            Statements(1);
            int way = _random.Next(5);
            uint target = (uint)_random.Next(_labels.Count);
            if (way == 0)
            {
                LeaveBy(target);
                return;
            }

            _expressions.Make(ValueKind.I32, 2);
            if (way == 1)
            {
                uint[] labels = [.. Enumerable.Range(0, _random.Next(4)).Select(_ => SameTypes(target))];
                foreach (ValueKind kind in LabelTypes(target)) _expressions.Make(kind, 1);
                _expressions.Make(ValueKind.I32, 1);
                _code.BranchTable(labels, target);
            }
            else
            {
                _code.Op(Opcode.BrIf, 0);
            }

            if (way == 1) _code.Op(Opcode.Drop);
            Statements(1);
        });
        _code.Op(Opcode.End);
    }

    private void LeaveBy(uint target)
    {
        if (_random.Next(4) == 0)
        {
            foreach (ValueKind kind in _type.Results) _expressions.Make(kind, 1);
            _code.Op(Opcode.Return);
        }
        else if (_random.Next(12) == 0)
        {
            _code.Op(Opcode.Unreachable);
        }
        else
        {
            foreach (ValueKind kind in LabelTypes(target)) _expressions.Make(kind, 1);
            _code.Op(Opcode.Br, target);
        }

        Statements(1);
    }

    private ValueKind[] LabelTypes(uint depth) => _labels[^(int)(depth + 1)];

    private uint SameTypes(uint target)
    {
        uint other = (uint)_random.Next(_labels.Count);
        return LabelTypes(other).AsSpan().SequenceEqual(LabelTypes(target)) ? other : target;
    }

    private void CountedLoop()
    {
        // The last local is an i32 only by chance; the counter is the i32 among the fixed ones.
        uint counter = (uint)_type.Parameters.Length;
        _code.I32(1 + _random.Next(5)).Op(Opcode.LocalSet, counter);
        _code.Open(Opcode.Loop);
        Inside([], () =>
        {
            Statements(1 + _random.Next(2));
            _code.Op(Opcode.LocalGet, counter).I32(1).Op(Opcode.I32Sub).Op(Opcode.LocalTee, counter);
            _code.I32(0).Op(Opcode.I32GtS).Op(Opcode.BrIf, 0);
        });
        _code.Op(Opcode.End);
    }
}
