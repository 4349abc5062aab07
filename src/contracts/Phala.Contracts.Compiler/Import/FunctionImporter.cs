using System.Globalization;
using Phala.Contracts.Compiler.Code;
using Phala.Contracts.Compiler.Linking;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Import;

/// <summary>
/// Turns a method's CIL into blocks of expressions, small methods that it calls included.
/// <para>Variables are scalars in locals until their address is needed as a number. That is found out on the way: the function is then imported again
/// with the variable in memory. Each attempt puts at least one more variable there, so attempts end.</para>
/// </summary>
internal sealed class FunctionImporter
{
    private const int MostAttempts = 12;

    private readonly ISet<string> _exposed;
    private readonly bool _exposeAll;
    private readonly HashSet<string> _newlyExposed = [];
    private readonly InstructionImporter[] _importers;
    private readonly ClrMethod _method;
    private Frame _frame = null!;
    private int _frameSize;
    private Local? _frameBase;

    private FunctionImporter(ProgramBuilder program, ClrMethod method, FunctionUnit unit, ISet<string> exposed, bool exposeAll)
    {
        Program = program;
        _method = method;
        _exposed = exposed;
        _exposeAll = exposeAll;
        Code = new CodeBuilder(new FunctionBody { ParameterCount = unit.Shape.Parameters.Length }, program.Layouts, program.Types.Object, Expose);
        foreach (WasmType parameter in unit.Shape.Parameters) Code.Body.AddLocal(parameter);
        Region = null!;
        Inliner = new Inliner(this);
        Calls = new CallImporter(this);
        _importers =
        [
            new VariableImporter(this), new ArithmeticImporter(this), new ConversionImporter(this), new BranchImporter(this), new FieldImporter(this),
            new IndirectImporter(this), new ArrayImporter(this), new ObjectImporter(this), Calls,
        ];
    }

    public ProgramBuilder Program { get; }

    public CodeBuilder Code { get; }

    /// <summary>The method that is being imported, perhaps inlined.</summary>
    public Frame Frame
    {
        get => _frame;
        private set
        {
            _frame = value;
            Program.At(value);
        }
    }

    public Region Region { get; private set; }

    public Inliner Inliner { get; }

    public CallImporter Calls { get; }

    /// <summary>The type of a constrained call that follows.</summary>
    public ClrType? Constraint { get; set; }

    /// <summary>Imports a method's code.</summary>
    public static FunctionBody Import(ProgramBuilder program, ClrMethod method, FunctionUnit unit, out Frame? last)
    {
        HashSet<string> exposed = [];
        for (int attempt = 0; ; attempt++)
        {
            FunctionImporter importer = new(program, method, unit, exposed, attempt >= MostAttempts);
            last = null;
            try
            {
                importer.Run();
            }
            finally
            {
                last = importer.Frame;
            }

            if (importer._newlyExposed.Count == 0) return importer.Code.Body;
            exposed.UnionWith(importer._newlyExposed);
        }
    }

    public Value Pop() => Code.Pop(Frame.StackBase);

    /// <summary>A type's variable in this function.</summary>
    public Variable NewVariable(string key, ClrType type)
    {
        ValueLayout layout = Program.Layouts.OfVariable(type);
        if (!_exposeAll && !_exposed.Contains(key)) return new Variable { Key = key, Type = type, Layout = layout, Leaves = [.. layout.Leaves.Select(leaf => Code.NewLocal(leaf.WasmType))] };
        int offset = _frameSize;
        _frameSize += (layout.Size + 7) & ~7;
        return new Variable { Key = key, Type = type, Layout = layout, FrameOffset = offset };
    }

    /// <summary>Where a variable in memory is.</summary>
    public Expression AddressOf(Variable variable)
    {
        if (_frameBase is null) Code.MarkStable(_frameBase = Code.NewLocal(WasmType.I32));
        return Fold.Binary(Op.I32Add, new LocalExpression(_frameBase), Fold.I32(variable.FrameOffset));
    }

    /// <summary>An address as a number; a variable that was in locals will lie in memory at the next attempt.</summary>
    public Expression AddressOf(Value value)
    {
        if (value.Place is { } place)
        {
            Expose(place.Variable);
            return Fold.I32(0);
        }

        if (!value.IsPlain || value.Leaves.Length != 1 || value.Leaves[0].Type != WasmType.I32) throw CompilationException.Invalid("an address is expected");
        return value.Leaves[0];
    }

    public void Expose(Variable variable)
    {
        if (variable.Leaves is not null) _newlyExposed.Add(variable.Key);
    }

    public Value Read(Variable variable)
    {
        if (variable.Bound is { } bound) return bound;
        return variable.Leaves is { } leaves
            ? new Value(variable.Type, [.. leaves.Select(static leaf => (Expression)new LocalExpression(leaf))])
            : Code.Load(variable.Type, AddressOf(variable), 0);
    }

    public void Write(Variable variable, Value value)
    {
        if (value.Place is not null) value = new Value(value.Type, [AddressOf(value)]);
        CodeBuilder.Check(value, variable.Layout.Leaves);
        if (variable.Leaves is { } leaves) Set(leaves, value);
        else Code.Store(variable.Type, AddressOf(variable), 0, value);
    }

    /// <summary>Writes several locals at once.</summary>
    public void Set(ReadOnlySpan<Local> locals, Value value)
    {
        Expression[] leaves = [.. value.Leaves];
        if (leaves.Length > 1)
        {
            leaves = [.. Code.SpillLater(value).Leaves];
            for (int i = 1; i < leaves.Length; i++)
            {
                for (int earlier = 0; earlier < i; earlier++)
                {
                    if (CodeBuilder.Reads(leaves[i], locals[earlier])) leaves[i] = Copy(leaves[i]);
                }
            }
        }

        for (int i = 0; i < leaves.Length; i++) Code.Set(locals[i], leaves[i]);
    }

    public void Zero(Variable variable) => Write(variable, ZeroOf(variable.Type));

    public Value ZeroOf(ClrType type) => new(type, [.. Program.Layouts.OfVariable(type).Leaves.Select(static leaf => Fold.Zero(leaf.WasmType))]);

    /// <summary>A reference that is known not to be null; the call ends if it is.</summary>
    public Expression NonNull(Value reference)
    {
        if (!reference.IsPlain || reference.Leaves.Length != 1 || reference.Leaves[0].Type != WasmType.I32) throw CompilationException.Invalid("an object is expected");
        Expression address = Code.Simple(reference.Leaves[0]);
        if (Code.IsNonNull(address)) return address;
        Code.Add(new CheckStatement(Fold.Unary(Op.I32Eqz, address), Program.Fault("Null")));
        if (address is LocalExpression local) Code.NonNull.Add(local.Local);
        return address;
    }

    /// <summary>The type that a token of the current method means.</summary>
    public ClrType TypeAt(long token) => Known(Program.Tokens.Type(Frame.Image, (int)token, Frame.Context));

    /// <summary>Names a type that contracts lack.</summary>
    public static ClrType Known(ClrType type)
    {
        for (ClrType? each = type; each is not null; each = each.Element)
        {
            if (each.Kind is TypeKind.Missing or TypeKind.Floating) throw Missing.Type(each);
        }

        return type;
    }

    /// <summary>Imports all blocks of a region of a frame.</summary>
    public void ImportRegion(Frame frame, Region region)
    {
        (Frame outerFrame, Region outerRegion) = (Frame, Region);
        (Frame, Region) = (frame, region);
        foreach (int offset in region.Order)
        {
            Block block = region.Blocks[offset];
            if (!Code.IsReached(block)) continue;
            Code.Begin(block, frame.StackBase, region.Loops.Contains(offset));
            ImportBlock(offset);
        }

        (Frame, Region) = (outerFrame, outerRegion);
    }

    /// <summary>Imports code without branches in the place of a call.</summary>
    public void ImportStraight(Frame frame, Region region)
    {
        (Frame outerFrame, Region outerRegion) = (Frame, Region);
        (Frame, Region) = (frame, region);
        ImportBlock(0);
        (Frame, Region) = (outerFrame, outerRegion);
    }

    public static Dictionary<int, int> PositionsOf(MethodBody body)
    {
        Dictionary<int, int> positions = new(body.Instructions.Length);
        for (int i = 0; i < body.Instructions.Length; i++) positions[body.Instructions[i].Offset] = i;
        return positions;
    }

    private void ImportBlock(int start)
    {
        Instruction[] instructions = Frame.Body.Instructions;
        for (int i = Frame.Positions[start]; i < instructions.Length; i++)
        {
            Instruction instruction = instructions[i];
            if (instruction.Offset != start && Region.Blocks.TryGetValue(instruction.Offset, out Block? next))
            {
                Code.PassStack(next, Frame.StackBase);
                Code.Jump(next);
                return;
            }

            Frame.Offset = instruction.Offset;
            if (!_importers.Any(importer => importer.TryImport(instruction)))
            {
                throw new CompilationException(DiagnosticIds.Instruction, $"the instruction {instruction.Code.ToString().ToLowerInvariant()} is not available in contracts");
            }

            if (Code.Current is null || ControlFlow.EndsBlock(instruction.Code)) return;
        }
    }

    private void Run()
    {
        MethodBody body = Program.BodyOf(_method);
        GenericContext context = new(_method.Owner.Arguments, _method.Arguments);
        Block entry = Code.NewBlock();
        VariableUse use = VariableUse.Of(body);
        Variable[] arguments = Arguments(use, out List<(Variable Variable, Value Value)> inMemory);
        Frame = new Frame
        {
            Method = _method, Body = body, Context = context, Arguments = arguments, Locals = LocalsOf(body, context, "l"), Path = "", StackBase = 0, Positions = PositionsOf(body),
        };
        Region region = ControlFlow.Trace(body, Frame.Positions, 0, Code.NewBlock, null);
        Code.Begin(entry, 0, isLoop: false);
        if (!_method.IsStatic && !_method.Owner.IsValue && Code.Body.Locals is [var self, ..]) Code.NonNull.Add(self);
        MarkStable(Frame.Locals, use);
        foreach ((Variable variable, Value value) in inMemory) Write(variable, value);
        foreach (Variable variable in Frame.Locals.Where(static each => each.Leaves is null)) Zero(variable);
        Code.Jump(region.Blocks[0]);
        ImportRegion(Frame, region);
        AddFrame(entry);
    }

    public Variable[] LocalsOf(MethodBody body, GenericContext context, string path) =>
        [.. body.Locals.Select((type, index) => NewVariable(string.Create(CultureInfo.InvariantCulture, $"{path}{index}"), Known(Program.Types.Substitute(type, context))))];

    // What is known of a variable that is stored once holds wherever it is read.
    private void MarkStable(Variable[] locals, VariableUse use)
    {
        for (int i = 0; i < locals.Length; i++)
        {
            if (!use.IsStoredOnce(i)) continue;
            foreach (Local leaf in locals[i].Leaves ?? []) Code.MarkStable(leaf);
        }
    }

    private Variable[] Arguments(VariableUse use, out List<(Variable, Value)> inMemory)
    {
        inMemory = [];
        ClrType[] types = Program.ParametersOf(_method);
        Variable[] arguments = new Variable[types.Length];
        int next = 0;
        for (int i = 0; i < types.Length; i++)
        {
            string key = string.Create(CultureInfo.InvariantCulture, $"a{i}");
            ValueLayout layout = Program.Layouts.OfVariable(types[i]);
            Local[] locals = [.. Code.Body.Locals.Skip(next).Take(layout.Leaves.Length)];
            next += locals.Length;
            if (_exposeAll || _exposed.Contains(key))
            {
                arguments[i] = NewVariable(key, types[i]);
                inMemory.Add((arguments[i], new Value(types[i], [.. locals.Select(static local => (Expression)new LocalExpression(local))])));
                continue;
            }

            arguments[i] = new Variable { Key = key, Type = types[i], Layout = layout, Leaves = locals };
            foreach (Local local in locals.Where(_ => !use.IsWritten(i))) Code.MarkStable(local);
        }

        return arguments;
    }

    private LocalExpression Copy(Expression value)
    {
        Local local = Code.StableLocal(value.Type);
        Code.Set(local, value);
        return new LocalExpression(local);
    }

    // The frame in memory lies below the stack pointer, which is put back before every return.
    private void AddFrame(Block entry)
    {
        if (_frameBase is null) return;
        int size = (_frameSize + 15) & ~15;
        Expression below = Fold.Binary(Op.I32Sub, new GlobalExpression(Program.StackPointer), Fold.I32(size));
        entry.Statements.InsertRange(0,
        [
            new SetLocalStatement(_frameBase, below),
            new CheckStatement(Fold.Binary(Op.I32LtS, new LocalExpression(_frameBase), new SymbolExpression(Program.StackBottom, 0)), Program.Fault("Stack")),
            new SetGlobalStatement(Program.StackPointer, new LocalExpression(_frameBase)),
        ]);
        foreach (Block block in Code.Body.Blocks)
        {
            if (block.Exit is not ReturnExit exit) continue;
            if (exit.Value is { } value && (value.Effects & (Effects.Calls | Effects.ReadsGlobal)) != 0)
            {
                Local result = Code.NewLocal(value.Type);
                block.Statements.Add(new SetLocalStatement(result, value));
                block.Exit = new ReturnExit(new LocalExpression(result));
            }

            block.Statements.Add(new SetGlobalStatement(Program.StackPointer, Fold.Binary(Op.I32Add, new LocalExpression(_frameBase), Fold.I32(size))));
        }
    }
}
