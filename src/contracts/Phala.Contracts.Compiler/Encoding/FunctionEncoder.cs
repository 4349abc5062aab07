using Phala.Contracts.Compiler.Code;

namespace Phala.Contracts.Compiler.Encoding;

/// <summary>
/// Encodes a function: blocks and branches become nested blocks and loops (after Ramsey, "Beyond Relooper"), trees become stack code.
/// <para>Invariant: a branch only leaves blocks around it, because a block that several lead to is placed behind all that its dominator encloses.</para>
/// </summary>
internal sealed class FunctionEncoder
{
    private readonly FunctionBody _body;
    private readonly List<Block> _order;
    private readonly Dominators _dominators;
    private readonly List<int>[] _merges;
    private readonly bool[] _isMerge, _isLoop;
    private readonly List<object> _labels = [];
    private readonly Dictionary<int, object> _loopLabels = [];
    private readonly List<FunctionUnit> _faults;
    private readonly ExpressionEncoder _code;

    // Whether control cannot come to where the next instruction is written.
    private bool _endsHard;

    private FunctionEncoder(FunctionUnit unit, ModuleIndices indices)
    {
        _body = unit.Body!;
        _code = new ExpressionEncoder(indices);
        _order = Optimization.BlockCleaner.Reached(_body.Blocks[0]);
        _dominators = new Dominators(_order);
        _isMerge = new bool[_order.Count];
        _isLoop = new bool[_order.Count];
        _merges = new List<int>[_order.Count];
        for (int i = 0; i < _order.Count; i++) _merges[i] = [];
        _faults = [.. _order.SelectMany(static block => block.Statements).OfType<CheckStatement>().Select(static check => check.Fault).Distinct()];
        Classify();
    }

    /// <summary>A function's locals and code, with its size in front.</summary>
    public static byte[] Encode(FunctionUnit unit, ModuleIndices indices)
    {
        FunctionEncoder encoder = new(unit, indices);
        ByteWriter whole = new();
        encoder.WriteLocals(whole);
        encoder.WriteBody();
        return whole.Bytes(encoder._code.Writer.ToArray()).ToArray();
    }

    private ByteWriter Out => _code.Writer;

    private void Classify()
    {
        for (int i = 0; i < _order.Count; i++)
        {
            int forward = 0;
            foreach (int predecessor in _dominators.Predecessors[i])
            {
                if (predecessor < i)
                {
                    forward += _order[predecessor].Exit is SwitchExit ? 2 : 1;
                    continue;
                }

                if (!_dominators.Dominates(i, predecessor)) throw new CompilationException(DiagnosticIds.InvalidCode, "the method jumps into the middle of a loop: write the loop with while, for or foreach");
                _isLoop[i] = true;
            }

            if (forward < 2) continue;
            _isMerge[i] = true;
            _merges[_dominators.Immediate(i)].Add(i);
        }
    }

    private void WriteLocals(ByteWriter whole)
    {
        Local[] locals = [.. _body.Locals.Where(local => local.Index >= _body.ParameterCount).DistinctBy(static local => local.Index).OrderBy(static local => local.Index)];
        List<(WasmType Type, int Count)> groups = [];
        foreach (Local local in locals)
        {
            if (groups.Count > 0 && groups[^1].Type == local.Type) groups[^1] = (local.Type, groups[^1].Count + 1);
            else groups.Add((local.Type, 1));
        }

        whole.Unsigned((uint)groups.Count);
        foreach ((WasmType type, int count) in groups) whole.Unsigned((uint)count).Byte((int)type);
    }

    // Failed checks branch to the function's end, where each kind of fault is called once.
    private void WriteBody()
    {
        foreach (FunctionUnit fault in Enumerable.Reverse(_faults)) Open(Op.Block, fault);
        Tree(0);
        foreach (FunctionUnit fault in _faults)
        {
            if (!_endsHard) Out.Byte((int)Op.Unreachable);
            Close();
            _code.Call(fault);
            Out.Byte((int)Op.Unreachable);
        }

        // Control never comes to the end, but the end wants the result's type.
        if (_faults.Count == 0 && !_endsHard) Out.Byte((int)Op.Unreachable);
        Out.Byte((int)Op.End);
    }

    private void Open(Op op, object label)
    {
        Out.Byte((int)op).Byte((int)WasmType.None);
        _labels.Add(label);
        _endsHard = false;
    }

    private void Close()
    {
        Out.Byte((int)Op.End);
        _labels.RemoveAt(_labels.Count - 1);
        _endsHard = false;
    }

    private uint DepthOf(object label)
    {
        int index = _labels.LastIndexOf(label);
        if (index < 0) throw new InvalidOperationException("a branch has no enclosing label");
        return (uint)(_labels.Count - 1 - index);
    }

    // A block with everything that only it leads to.
    private void Tree(int number)
    {
        if (!_isLoop[number])
        {
            Within(number, _merges[number].Count);
            return;
        }

        Open(Op.Loop, LoopLabel(number));
        Within(number, _merges[number].Count);
        Close();
        _endsHard = false;
    }

    private object LoopLabel(int number)
    {
        if (!_loopLabels.TryGetValue(number, out object? label)) _loopLabels[number] = label = new object();
        return label;
    }

    // Blocks where ways meet follow those that lead to them: the later one encloses the earlier.
    private void Within(int number, int merges)
    {
        if (merges == 0)
        {
            Straight(number);
            return;
        }

        int last = _merges[number][merges - 1];
        Open(Op.Block, _order[last]);
        Within(number, merges - 1);
        Close();
        Tree(last);
    }

    private void Straight(int number)
    {
        Block block = _order[number];
        Local? pending = null;
        for (int i = 0; i < block.Statements.Count; i++)
        {
            Expression? next = i + 1 < block.Statements.Count ? block.Statements[i + 1].Operands.FirstOrDefault() : block.Exit.Operand;
            pending = Statement(block.Statements[i], next, pending);
        }

        Exit(number, block.Exit, pending);
    }

    // What is written and at once read stays on the stack.
    private Local? Statement(Statement statement, Expression? next, Local? pending)
    {
        _code.Pending = pending;
        switch (statement)
        {
            case SetLocalStatement { Value: LocalExpression same } copy when same.Local.Index == copy.Local.Index:
                if (pending is null) return null;
                if (next is not null && ExpressionEncoder.BeginsWith(next, copy.Local)) return copy.Local;
                if (next is not null && ExpressionEncoder.BeginsWith(next, same.Local)) return same.Local;
                Out.Byte((int)Op.LocalSet).Unsigned((uint)copy.Local.Index);
                return null;
            case SetLocalStatement set:
                _code.Write(set.Value);
                bool isReadNext = next is not null && ExpressionEncoder.BeginsWith(next, set.Local);
                Out.Byte((int)(isReadNext ? Op.LocalTee : Op.LocalSet)).Unsigned((uint)set.Local.Index);
                return isReadNext ? set.Local : null;
            case SetGlobalStatement set:
                _code.Write(set.Operands[0]);
                _code.SetGlobal(set.Global);
                return null;
            case StoreStatement store:
                _code.Write(store.Operands[0]);
                _code.Write(store.Operands[1]);
                _code.Memory(store.Op, store.Offset);
                return null;
            case CheckStatement check:
                _code.Write(check.Operands[0]);
                Out.Byte((int)Op.BrIf).Unsigned(DepthOf(check.Fault));
                return null;
            default:
                _code.Write(statement.Operands[0]);
                if (statement.Operands[0].Type != WasmType.None) Out.Byte((int)Op.Drop);
                return null;
        }
    }

    private void Exit(int number, Exit exit, Local? pending)
    {
        _code.Pending = pending;
        _endsHard = false;
        switch (exit)
        {
            case ReturnExit returned:
                if (returned.Value is not null) _code.Write(returned.Value);
                Out.Byte((int)Op.Return);
                _endsHard = true;
                break;
            case JumpExit jump:
                Go(number, jump.Target);
                break;
            case BranchExit branch:
                Branch(number, branch);
                break;
            case SwitchExit choice:
                _code.Write(choice.Selector);
                Out.Byte((int)Op.BrTable).Unsigned((uint)choice.Cases.Length);
                foreach (Block target in choice.Cases.Append(choice.Otherwise)) Out.Unsigned(DepthTo(number, target)!.Value);
                _endsHard = true;
                break;
            default:
                Out.Byte((int)Op.Unreachable);
                _endsHard = true;
                break;
        }
    }

    private void Branch(int number, BranchExit branch)
    {
        Expression condition = branch.Condition;
        (Block whenTrue, Block whenFalse) = (branch.WhenTrue, branch.WhenFalse);
        if (DepthTo(number, whenTrue) is null && DepthTo(number, whenFalse) is not null)
        {
            (whenTrue, whenFalse) = (whenFalse, whenTrue);
            condition = Fold.Unary(Op.I32Eqz, condition);
        }

        _code.Write(condition);
        if (DepthTo(number, whenTrue) is { } depth)
        {
            Out.Byte((int)Op.BrIf).Unsigned(depth);
            Go(number, whenFalse);
            return;
        }

        // Neither has a label: both hang below this block alone.
        Open(Op.If, new object());
        Go(number, whenTrue);
        Out.Byte((int)Op.Else);
        Go(number, whenFalse);
        Close();
        _endsHard = false;
    }

    private uint? DepthTo(int from, Block target)
    {
        int number = _dominators.Numbers[target];
        if (number <= from) return DepthOf(LoopLabel(number));
        return _isMerge[number] ? DepthOf(target) : null;
    }

    private void Go(int from, Block target)
    {
        if (DepthTo(from, target) is { } depth)
        {
            Out.Byte((int)Op.Br).Unsigned(depth);
            _endsHard = true;
            return;
        }

        Tree(_dominators.Numbers[target]);
    }
}
