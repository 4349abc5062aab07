using Phala.Contracts.Compiler.Code;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Import;

/// <summary>
/// Builds a function's blocks from stack code. Values on the evaluation stack are trees that have not been evaluated yet.
/// <para>Invariant: a statement is only added after every entry of the stack that it could change, or that could change it, has been written to a local variable.</para>
/// </summary>
internal sealed class CodeBuilder(FunctionBody body, LayoutBuilder layouts, ClrType objectType, Action<Variable> expose)
{
    private const int LargestTree = 80, DeepestTree = 40, MostBlocks = 4_000, MostStatements = 60_000, MostLocals = 3_000, MostStack = 1_000;

    private readonly Dictionary<Block, HashSet<Local>> _knownAt = [];
    private readonly Dictionary<Block, Value[]> _stackAt = [];
    private readonly HashSet<Local> _stable = [];
    private int _statements;

    public FunctionBody Body { get; } = body;

    /// <summary>The block that statements are added to; null where code cannot be reached.</summary>
    public Block? Current { get; private set; }

    public List<Value> Stack { get; } = [];

    /// <summary>Locals that hold an object's address for sure.</summary>
    public HashSet<Local> NonNull { get; private set; } = [];

    public int Statements => _statements;

    public Block NewBlock()
    {
        if (Body.Blocks.Count >= MostBlocks) throw new CompilationException(DiagnosticIds.TooLarge, "the method has too many branches: split it");
        Block made = new(Body.Blocks.Count);
        Body.Blocks.Add(made);
        return made;
    }

    /// <summary>Goes on in a block that has been jumped to, or begins the function.</summary>
    /// <param name="block">The block.</param>
    /// <param name="stackBase">How many entries belong to callers and stay.</param>
    /// <param name="isLoop">Whether jumps to it are still to come.</param>
    public void Begin(Block block, int stackBase, bool isLoop)
    {
        Current = block;
        Stack.RemoveRange(stackBase, Stack.Count - stackBase);
        if (_stackAt.TryGetValue(block, out Value[]? entries)) Stack.AddRange(entries);
        NonNull = _knownAt.TryGetValue(block, out HashSet<Local>? known) ? [.. known] : [];
        if (isLoop) NonNull.IntersectWith(_stable);
    }

    public bool IsReached(Block block) => _knownAt.ContainsKey(block);

    /// <summary>A variable that is written once, before every use.</summary>
    public Local StableLocal(WasmType type)
    {
        Local made = NewLocal(type);
        _stable.Add(made);
        return made;
    }

    public void MarkStable(Local local) => _stable.Add(local);

    public bool IsStable(Local local) => _stable.Contains(local);

    public Local NewLocal(WasmType type)
    {
        if (Body.Locals.Count >= MostLocals) throw new CompilationException(DiagnosticIds.TooLarge, "the method has too many variables: split it");
        return Body.AddLocal(type);
    }

    public void Push(Value value)
    {
        if (Stack.Count >= MostStack) throw CompilationException.Invalid("the evaluation stack is too deep");
        for (int i = 0; i < value.Leaves.Length; i++)
        {
            Expression leaf = value.Leaves[i];
            if (leaf.Size > LargestTree || leaf.Depth > DeepestTree) value.Leaves[i] = Spill(leaf);
        }

        Stack.Add(value);
    }

    public void Push(ClrType type, params Expression[] leaves) => Push(new Value(type, leaves));

    public Value Pop(int stackBase)
    {
        if (Stack.Count <= stackBase) throw CompilationException.Invalid("the evaluation stack is empty");
        Value top = Stack[^1];
        Stack.RemoveAt(Stack.Count - 1);
        return top;
    }

    /// <summary>Writes a tree to a variable of its own and returns that. Constants and stable variables are returned as they are.</summary>
    public Expression Spill(Expression value)
    {
        if (IsFixed(value)) return value;
        Local local = StableLocal(value.Type);
        Set(local, value);
        return new LocalExpression(local);
    }

    /// <summary>The same value in a form that may be used more than once at this point: variables, constants.</summary>
    public Expression Simple(Expression value) => value.IsSimple ? value : Spill(value);

    /// <summary>The same value in a form that later statements do not change.</summary>
    public bool IsFixed(Expression value) => value is LocalExpression local ? _stable.Contains(local.Local) : value.IsSimple;

    /// <summary>Writes a variable.</summary>
    public void Set(Local local, Expression value)
    {
        if (value is LocalExpression same && same.Local == local) return;
        bool nonNull = IsNonNull(value);
        Add(new SetLocalStatement(local, value));
        if (nonNull) NonNull.Add(local);
        else NonNull.Remove(local);
    }

    public bool IsNonNull(Expression value) => value is SymbolExpression || (value is LocalExpression local && NonNull.Contains(local.Local));

    /// <summary>Adds a statement.</summary>
    public void Add(Statement statement)
    {
        if (Current is null) return;
        SpillBefore(statement);
        if (++_statements > MostStatements) throw new CompilationException(DiagnosticIds.TooLarge, "the method is too large: split it");
        Current.Statements.Add(statement);
    }

    /// <summary>Makes sure that entries of the stack survive the end of the block.</summary>
    /// <param name="alsoVariables">Whether variables may be written before the entries are used.</param>
    public void SpillAll(bool alsoVariables)
    {
        for (int i = 0; i < Stack.Count; i++)
        {
            Value entry = Stack[i];
            for (int leaf = 0; leaf < entry.Leaves.Length; leaf++)
            {
                if (alsoVariables ? !IsFixed(entry.Leaves[leaf]) : !entry.Leaves[leaf].IsSimple) SpillEntry(i, leaf);
            }
        }
    }

    /// <summary>Ends the block with a jump.</summary>
    public void Jump(Block target)
    {
        if (Current is null) return;
        Arrive(target, NonNull);
        Finish(new JumpExit(target));
    }

    /// <summary>Ends the block with a branch on whether a number is not zero.</summary>
    public void Branch(Expression condition, Block whenTrue, Block whenFalse)
    {
        if (Current is null) return;
        if (condition is ConstantExpression { Value: var known })
        {
            Jump((int)known != 0 ? whenTrue : whenFalse);
            return;
        }

        Arrive(whenTrue, condition is LocalExpression tested ? [.. NonNull, tested.Local] : NonNull);
        Arrive(whenFalse, condition is UnaryExpression { Op: Op.I32Eqz, Operand: LocalExpression refused } ? [.. NonNull, refused.Local] : NonNull);
        Finish(new BranchExit(condition, whenTrue, whenFalse));
    }

    public void Switch(Expression selector, Block[] cases, Block otherwise)
    {
        if (Current is null) return;
        foreach (Block target in cases.Append(otherwise)) Arrive(target, NonNull);
        Finish(new SwitchExit(selector, cases, otherwise));
    }

    public void Finish(Exit exit)
    {
        if (Current is not null) Current.Exit = exit;
        Current = null;
    }

    /// <summary>Brings the frame's entries of the stack to where a block expects them; the first jump decides where that is.</summary>
    public void PassStack(Block target, int stackBase)
    {
        if (Current is null) return;
        int count = Stack.Count - stackBase;
        if (!_stackAt.TryGetValue(target, out Value[]? expected))
        {
            if (count == 0) return;
            if (IsReached(target)) throw CompilationException.Invalid("ways to one place differ in the depth of the stack");
            expected = _stackAt[target] = [.. Stack.Skip(stackBase).Select(Join)];
        }

        if (expected.Length != count) throw CompilationException.Invalid("ways to one place differ in the depth of the stack");
        SpillAll(alsoVariables: true);
        for (int i = 0; i < count; i++) Move(Stack[stackBase + i], expected[i]);
    }

    private Value Join(Value entry)
    {
        if (entry.Place is not null) return entry;
        if (!entry.IsPlain) throw CompilationException.Invalid("a token or function pointer is on the stack where ways meet");

        // What comes by another way may be of another class.
        ClrType type = entry.Type.IsReference ? objectType : entry.Type;
        return new Value(type, [.. entry.Leaves.Select(leaf => (Expression)new LocalExpression(NewLocal(leaf.Type)))]);
    }

    private void Move(Value from, Value to)
    {
        if (from.Place is not null || to.Place is not null)
        {
            // Addresses of different variables meet: as numbers.
            if (from.Place == to.Place) return;
            if (from.Place is { } one) expose(one.Variable);
            if (to.Place is { } other) expose(other.Variable);
            return;
        }

        if (!from.IsPlain || from.Leaves.Length != to.Leaves.Length) throw CompilationException.Invalid("ways to one place differ in the types on the stack");
        for (int i = 0; i < from.Leaves.Length; i++)
        {
            if (from.Leaves[i].Type != to.Leaves[i].Type) throw CompilationException.Invalid("ways to one place differ in the types on the stack");
            Set(((LocalExpression)to.Leaves[i]).Local, from.Leaves[i]);
        }
    }

    private void Arrive(Block target, HashSet<Local> known)
    {
        if (_knownAt.TryGetValue(target, out HashSet<Local>? before)) before.IntersectWith(known);
        else _knownAt[target] = [.. known];
    }

    // From the top down: what is evaluated early must not overtake what stands below it.
    private void SpillBefore(Statement statement)
    {
        Effects effects = Effects.None;
        foreach (Expression operand in statement.Operands) effects |= operand.Effects;
        bool writesMemory = statement is StoreStatement, writesGlobal = statement is SetGlobalStatement;
        if (statement is CheckStatement) effects |= Effects.Traps;
        Local? written = (statement as SetLocalStatement)?.Local;
        List<(int Entry, int Leaf)> spilled = [];
        for (int entry = Stack.Count - 1; entry >= 0; entry--)
        {
            Expression[] leaves = Stack[entry].Leaves;
            for (int leaf = leaves.Length - 1; leaf >= 0; leaf--)
            {
                if (!Interferes(leaves[leaf], effects, writesMemory, writesGlobal, written)) continue;
                spilled.Add((entry, leaf));
                effects |= leaves[leaf].Effects;
            }
        }

        for (int i = spilled.Count - 1; i >= 0; i--) SpillEntry(spilled[i].Entry, spilled[i].Leaf);
    }

    private static bool Interferes(Expression entry, Effects effects, bool writesMemory, bool writesGlobal, Local? written)
    {
        Effects own = entry.Effects;
        if ((own & Effects.Calls) != 0 && (effects != Effects.None || writesMemory || writesGlobal)) return true;
        if ((own & Effects.ReadsMemory) != 0 && (writesMemory || (effects & Effects.Calls) != 0)) return true;
        if ((own & Effects.ReadsGlobal) != 0 && (writesGlobal || (effects & Effects.Calls) != 0)) return true;
        if ((own & Effects.Traps) != 0 && (effects & Effects.Calls) != 0) return true;
        return written is not null && Reads(entry, written);
    }

    public static bool Reads(Expression expression, Local local)
    {
        if (expression is LocalExpression read) return read.Local == local;
        foreach (Expression operand in expression.Operands)
        {
            if (Reads(operand, local)) return true;
        }

        return false;
    }

    private void SpillEntry(int entry, int leaf)
    {
        if (Current is null) return;
        Expression value = Stack[entry].Leaves[leaf];
        Local local = StableLocal(value.Type);
        if (IsNonNull(value)) NonNull.Add(local);
        Expression[] leaves = [.. Stack[entry].Leaves];
        leaves[leaf] = new LocalExpression(local);
        Stack[entry] = Stack[entry] with { Leaves = leaves };
        _statements++;
        Current.Statements.Add(new SetLocalStatement(local, value));
    }

    /// <summary>A value's scalars from memory.</summary>
    public Value Load(ClrType type, Expression address, int offset)
    {
        Leaf[] leaves = layouts.OfVariable(type).Leaves;
        if (leaves.Length > 1) address = Simple(address);
        return new Value(type, [.. leaves.Select(leaf => Fold.Load(leaf.Storage.LoadOp(), address, offset + leaf.Offset))]);
    }

    /// <summary>Writes a value's scalars to memory.</summary>
    public void Store(ClrType type, Expression address, int offset, Value value)
    {
        Leaf[] leaves = layouts.OfVariable(type).Leaves;
        Check(value, leaves);
        if (leaves.Length > 1)
        {
            address = Spill(address);
            value = SpillLater(value);
        }

        for (int i = 0; i < leaves.Length; i++) Add(Fold.Store(leaves[i].Storage.StoreOp(), address, offset + leaves[i].Offset, value.Leaves[i]));
    }

    /// <summary>Writes all scalars but those that nothing can change, so that writing some does not change others.</summary>
    public Value SpillLater(Value value)
    {
        bool calls = value.Leaves.Any(static leaf => (leaf.Effects & (Effects.Calls | Effects.Traps)) != 0);
        Expression[] leaves = [.. value.Leaves];
        for (int i = 0; i < leaves.Length; i++)
        {
            if (calls || (i > 0 && leaves[i].Effects != Effects.None)) leaves[i] = Spill(leaves[i]);
        }

        return value with { Leaves = leaves };
    }

    /// <summary>Whether a value has exactly the scalars that a place has.</summary>
    public static void Check(Value value, Leaf[] leaves)
    {
        if (value.Method is not null) throw new CompilationException(DiagnosticIds.Instruction, "function pointers are not available in contracts: use a delegate");
        bool fits = value.IsPlain && value.Leaves.Length == leaves.Length;
        for (int i = 0; fits && i < leaves.Length; i++) fits = value.Leaves[i].Type == leaves[i].WasmType;
        if (!fits) throw CompilationException.Invalid($"a value of {value.Type} is where another type is expected");
    }
}
