using System.Globalization;
using System.Reflection.Metadata;
using Phala.Contracts.Compiler.Code;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Import;

/// <summary>Objects: creation, boxing, casts, tokens, delegates.</summary>
internal sealed class ObjectImporter(FunctionImporter function) : InstructionImporter(function)
{
    public override bool TryImport(Instruction instruction)
    {
        switch (instruction.Code)
        {
            case ILOpCode.Newobj: Create(Program.Tokens.Method(Function.Frame.Image, (int)instruction.Operand, Function.Frame.Context), instruction.Offset); return true;
            case ILOpCode.Box: Box(Function.TypeAt(instruction.Operand)); return true;
            case ILOpCode.Unbox: Push(Types.ReferenceTo(Function.TypeAt(instruction.Operand)), Unbox(Function.TypeAt(instruction.Operand))); return true;
            case ILOpCode.Unbox_any: UnboxAny(Function.TypeAt(instruction.Operand)); return true;
            case ILOpCode.Castclass: Cast(Function.TypeAt(instruction.Operand)); return true;
            case ILOpCode.Isinst: IsInstance(Function.TypeAt(instruction.Operand)); return true;
            case ILOpCode.Ldtoken: LoadToken((int)instruction.Operand); return true;
            case ILOpCode.Ldftn: LoadFunction(instruction, isVirtual: false); return true;
            case ILOpCode.Ldvirtftn: _ = Pop(); LoadFunction(instruction, isVirtual: true); return true;
            case ILOpCode.Throw: Throw(); return true;
            default: return false;
        }
    }

    /// <summary>Makes an object or struct with a constructor whose arguments are on the stack, and pushes it.</summary>
    public void Create(ClrMethod constructor, int offset)
    {
        ClrType type = constructor.Owner;
        RefuseStateMachines(type);
        if (constructor.Name != ".ctor" || constructor.IsStatic) throw CompilationException.Invalid("something that is no constructor makes an object");
        if (type.Kind == TypeKind.Class && IsDelegate(type)) CreateDelegate(type);
        else if (type == Types.String) CreateString(constructor);
        else if (type.IsValue) CreateStruct(constructor, offset);
        else CreateObject(constructor);
    }

    // What the C# compiler makes of methods with yield: their code jumps into the middle of loops.
    private static void RefuseStateMachines(ClrType type)
    {
        if (type.Definition is not { IsGenerated: true } definition || !definition.Name.Contains(">d__", StringComparison.Ordinal)) return;
        string[] parts = definition.Name.Split('<', '>');
        throw new CompilationException(DiagnosticIds.Iterator, $"iterators (yield in {parts[1]}) are not available in contracts: fill a List and return it")
        {
            Method = definition.Methods.FirstOrDefault(static method => method.Name == "MoveNext"),
        };
    }

    /// <summary>Whether a type's objects are delegates.</summary>
    public bool IsDelegate(ClrType type) => Program.Hierarchy.BaseOf(type)?.Is("System.MulticastDelegate") ?? false;

    private void CreateObject(ClrMethod constructor)
    {
        ClrType type = constructor.Owner;
        if (type.Kind != TypeKind.Class || (type.Definition!.Row.Attributes & System.Reflection.TypeAttributes.Abstract) != 0) throw CompilationException.Invalid($"{type} cannot be created");
        Value[] arguments = Function.Calls.PopArguments(constructor.Shape);
        if (IsThrown(type))
        {
            Raise(constructor, arguments);
            return;
        }

        arguments = [.. arguments.Select(Fix)];
        Expression made = Allocate(type, Program.Layouts.Of(type).Size);
        Function.Calls.Invoke(constructor, [new Value(type, [made]), .. arguments]);
        if (Code.Current is not null) Push(type, made);
    }

    // What is thrown at once is made where it is thrown, once for every constructor.
    private bool IsThrown(ClrType type)
    {
        Instruction[] instructions = Function.Frame.Body.Instructions;
        int next = Function.Frame.Positions[Function.Frame.Offset] + 1;
        return next < instructions.Length && instructions[next].Code == ILOpCode.Throw && Program.Hierarchy.IsAssignable(type, Program.ExceptionType);
    }

    private void Raise(ClrMethod constructor, Value[] arguments)
    {
        Expression[] leaves = [.. arguments.Zip(constructor.Shape.Parameters).SelectMany(pair => Function.Calls.LeavesFor(pair.First, pair.Second))];
        Code.Add(new EvaluateStatement(new CallExpression(Program.Raiser(constructor), leaves)));
        Code.Finish(UnreachableExit.Instance);
    }

    private Value Fix(Value value) => value.Leaves.Any(static leaf => (leaf.Effects & Effects.Calls) != 0) ? value with { Leaves = [.. value.Leaves.Select(Code.Spill)] } : value;

    private Expression Allocate(ClrType type, int size)
    {
        Program.MarkConstructed(type);
        Expression made = Code.Spill(new CallExpression(Program.Helper("NewObject"), [Fold.I32(Program.TypeNumber(type)), Fold.I32((size + 3) & ~3)]));
        if (made is LocalExpression local) Code.NonNull.Add(local.Local);
        return made;
    }

    private void CreateString(ClrMethod constructor)
    {
        ClrMethod maker = Program.StringMaker(constructor);
        Function.Calls.Invoke(maker, Function.Calls.PopArguments(maker.Shape));
    }

    private void CreateStruct(ClrMethod constructor, int offset)
    {
        Value[] arguments = [.. Function.Calls.PopArguments(constructor.Shape).Select(Fix)];
        ClrType type = constructor.Owner;
        Variable made = Function.NewVariable(string.Create(CultureInfo.InvariantCulture, $"{Function.Frame.Path}{offset}n"), type);
        Function.Zero(made);
        ClrType reference = Types.ReferenceTo(type);
        Value self = made.Leaves is null ? new Value(reference, [Function.AddressOf(made)]) : new Value(reference, []) { Place = new Place(made, type, 0) };
        Function.Calls.Invoke(constructor, [self, .. arguments]);
        if (Code.Current is not null) Push(Function.Read(made));
    }

    private void CreateDelegate(ClrType type)
    {
        Value method = Pop(), target = Pop();
        if (method.Method is not { } called) throw CompilationException.Invalid("a delegate is made of something that is no method");
        bool isClosed = called.IsStatic && called.Shape.Parameters.Length == ParametersOf(type) + 1;
        if (isClosed && !called.Shape.Parameters[0].IsReference) throw CompilationException.Invalid("a delegate keeps an argument that is no object");
        Expression self = !called.IsStatic ? Function.NonNull(target) : isClosed ? Scalar(target) : Fold.I32(0);
        self = Code.Spill(self);
        Expression made = Allocate(type, Program.Layouts.Of(type).Size);
        Code.Add(Fold.Store(Op.I32Store, made, LayoutBuilder.HeaderSize, self));
        Code.Add(Fold.Store(Op.I32Store, made, LayoutBuilder.HeaderSize + 4, new FunctionExpression(Program.DelegateTarget(called, method.IsVirtualMethod, isClosed))));
        Push(type, made);
    }

    private int ParametersOf(ClrType type) =>
        type.Definition!.Methods.FirstOrDefault(static each => each.Name == "Invoke") is { } invoke ? Types.ShapeOf(invoke).Parameters.Length : throw CompilationException.Invalid($"{type} cannot be invoked");

    private void LoadFunction(Instruction instruction, bool isVirtual)
    {
        ClrMethod method = Program.Tokens.Method(Function.Frame.Image, (int)instruction.Operand, Function.Frame.Context);
        Push(new Value(Types.NativeInt, []) { Method = method, IsVirtualMethod = isVirtual && method.Definition.IsVirtual });
    }

    private void Box(ClrType type)
    {
        Value value = Pop();
        if (!type.IsValue)
        {
            Push(value);
            return;
        }

        // Whether there is a value is asked without making an object.
        if (IsOnlyTested() && value.Leaves.All(static leaf => (leaf.Effects & Effects.Calls) == 0)) Push(Types.Object, type.Is("System.Nullable`1") ? value.Leaves[0] : Fold.I32(1));
        else Push(Types.Object, BoxOf(type, value));
    }

    private bool IsOnlyTested()
    {
        Instruction[] instructions = Function.Frame.Body.Instructions;
        int next = Function.Frame.Positions[Function.Frame.Offset] + 1;
        return next < instructions.Length && instructions[next].Code is ILOpCode.Brtrue or ILOpCode.Brtrue_s or ILOpCode.Brfalse or ILOpCode.Brfalse_s
            && !Function.Region.Blocks.ContainsKey(instructions[next].Offset);
    }

    /// <summary>An object that holds a value.</summary>
    public Expression BoxOf(ClrType type, Value value)
    {
        if (type.Is("System.Nullable`1")) return BoxNullable(type, value);
        CodeBuilder.Check(value, Program.Layouts.Of(type).Leaves);
        value = Fix(value);
        Expression made = Allocate(type, LayoutBuilder.HeaderSize + Program.Layouts.Of(type).Size);
        Code.Store(type, made, LayoutBuilder.HeaderSize, value);
        return made;
    }

    // No object for no value.
    private LocalExpression BoxNullable(ClrType type, Value value)
    {
        ClrType inner = type.Arguments[0];
        value = value with { Leaves = [.. value.Leaves.Select(Code.Spill)] };
        Local result = Code.NewLocal(WasmType.I32);
        Block some = Code.NewBlock(), after = Code.NewBlock();
        Code.SpillAll(alsoVariables: true);
        int depth = Code.Stack.Count;
        Code.Set(result, Fold.I32(0));
        Code.Branch(value.Leaves[0], some, after);
        if (Code.IsReached(some))
        {
            Code.Begin(some, depth, isLoop: false);
            Code.Set(result, BoxOf(inner, new Value(inner, value.Leaves[1..])));
            Code.Jump(after);
        }

        Code.Begin(after, depth, isLoop: false);
        return new LocalExpression(result);
    }

    // The address of the value in an object, which must be of exactly this type, or of an enum of the same numbers.
    private Expression Unbox(ClrType type)
    {
        Expression address = Function.NonNull(Pop());
        Code.Add(new CheckStatement(Fold.Unary(Op.I32Eqz, Program.TypeTests.TestBox(type, address)), Program.Fault("Cast")));
        return Fold.Binary(Op.I32Add, address, Fold.I32(LayoutBuilder.HeaderSize));
    }

    private void UnboxAny(ClrType type)
    {
        if (type.IsReference) Cast(type);
        else if (type.Is("System.Nullable`1")) UnboxNullable(type);
        else Push(Code.Load(type, Unbox(type), 0));
    }

    private void UnboxNullable(ClrType type)
    {
        ClrType inner = type.Arguments[0];
        Expression address = Code.Spill(PopScalar(WasmType.I32));
        Leaf[] leaves = Program.Layouts.Of(type).Leaves;
        Local[] result = [.. leaves.Select(leaf => Code.NewLocal(leaf.WasmType))];
        Block some = Code.NewBlock(), after = Code.NewBlock();
        Code.SpillAll(alsoVariables: true);
        int depth = Code.Stack.Count;
        Function.Set(result, Function.ZeroOf(type));
        Code.Branch(address, some, after);
        Code.Begin(some, depth, isLoop: false);
        Push(Types.Object, address);
        Value value = Code.Load(inner, Unbox(inner), 0);
        Function.Set(result, new Value(type, [Fold.I32(1), .. value.Leaves]));
        Code.Jump(after);
        Code.Begin(after, depth, isLoop: false);
        Push(new Value(type, [.. result.Select(static local => (Expression)new LocalExpression(local))]));
    }

    private void Cast(ClrType type)
    {
        Value value = Pop();
        if (!value.IsPlain || value.Leaves is not [{ Type: WasmType.I32 } leaf]) throw CompilationException.Invalid("an object is expected");
        if (type == Types.Object || (value.Type.IsReference && value.Type != Types.Object && Program.Hierarchy.IsAssignable(value.Type, type)))
        {
            Push(type, leaf);
            return;
        }

        Expression address = Code.Simple(leaf);
        Expression differs = Fold.Unary(Op.I32Eqz, Program.TypeTests.Test(type, address));
        Code.Add(new CheckStatement(Fold.Binary(Op.I32And, Fold.Binary(Op.I32Ne, address, Fold.I32(0)), differs), Program.Fault("Cast")));
        Push(type, address);
    }

    private void IsInstance(ClrType type)
    {
        Value value = Pop();
        if (!value.IsPlain || value.Leaves is not [{ Type: WasmType.I32 } leaf]) throw CompilationException.Invalid("an object is expected");
        if (type.Is("System.Nullable`1")) type = type.Arguments[0];
        if (type == Types.Object)
        {
            Push(value);
            return;
        }

        Expression address = Code.Simple(leaf);
        Push(type, Fold.Select(address, Fold.I32(0), Program.TypeTests.Test(type, address)));
    }

    private void LoadToken(int token)
    {
        System.Reflection.Metadata.HandleKind kind = (token >> 24) == 0x04 ? HandleKind.FieldDefinition : HandleKind.TypeDefinition;
        if (kind == HandleKind.FieldDefinition)
        {
            Push(new Value(Types.Core("System.RuntimeFieldHandle"), []) { Field = Program.Tokens.Field(Function.Frame.Image, token, Function.Frame.Context) });
            return;
        }

        if ((token >> 24) is not (0x01 or 0x02 or 0x1B)) throw new CompilationException(DiagnosticIds.Reflection, "reflection is not available in contracts: name members in the code");
        Push(new Value(Types.Core("System.RuntimeTypeHandle"), []) { TypeToken = Function.TypeAt(token) });
    }

    private void Throw()
    {
        Expression exception = PopScalar(WasmType.I32);
        Code.Add(new EvaluateStatement(new CallExpression(Program.Helper("Throw"), [exception])));
        Code.Finish(UnreachableExit.Instance);
    }
}
