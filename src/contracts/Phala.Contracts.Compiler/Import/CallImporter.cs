using System.Reflection;
using System.Reflection.Metadata;
using Phala.Contracts.Compiler.Code;
using Phala.Contracts.Compiler.Linking;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Import;

/// <summary>Calls: static, virtual, constrained, of delegates.</summary>
internal sealed class CallImporter : InstructionImporter
{
    private readonly Intrinsics _intrinsics;

    public CallImporter(FunctionImporter function) : base(function) => _intrinsics = new Intrinsics(function);

    public override bool TryImport(Instruction instruction)
    {
        switch (instruction.Code)
        {
            case ILOpCode.Call: Call(MethodAt(instruction), isVirtual: false); return true;
            case ILOpCode.Callvirt: Call(MethodAt(instruction), isVirtual: true); return true;
            case ILOpCode.Constrained: Function.Constraint = Function.TypeAt(instruction.Operand); return true;
            default: return false;
        }
    }

    /// <summary>A call's arguments without the receiver.</summary>
    public Value[] PopArguments(MethodShape shape)
    {
        Value[] arguments = new Value[shape.Parameters.Length];
        for (int i = arguments.Length - 1; i >= 0; i--) arguments[i] = Pop();
        return arguments;
    }

    /// <summary>Calls exactly this method, or imports it here, and pushes its result.</summary>
    public void Invoke(ClrMethod method, Value[] arguments)
    {
        if (_intrinsics.TryImport(method, arguments) || Function.Inliner.TryInline(method, arguments)) return;
        Program.CountCall(method);
        FunctionUnit unit = Program.Function(method);
        ClrType[] types = Program.ParametersOf(method);
        Emit(unit, method.Shape.Result, [.. arguments.Zip(types).SelectMany(pair => LeavesFor(pair.First, pair.Second))]);
        if (unit.NeverReturns) Code.Finish(UnreachableExit.Instance);
    }

    /// <summary>A value's scalars, as a parameter of a type takes them.</summary>
    public Expression[] LeavesFor(Value value, ClrType type)
    {
        if (value.Place is not null || (type.Kind is TypeKind.ByRef or TypeKind.Pointer && value.Leaves.Length == 1)) return [Function.AddressOf(value)];
        CodeBuilder.Check(value, Program.Layouts.OfVariable(type).Leaves);
        return value.Leaves;
    }

    private void Emit(FunctionUnit unit, ClrType result, Expression[] leaves) => Finish(new CallExpression(unit, leaves), result);

    // Further scalars of a struct are in globals until the next call.
    private void Finish(Expression call, ClrType result)
    {
        if (call.Type == WasmType.None)
        {
            Code.Add(new EvaluateStatement(call));
            if (result.Kind != TypeKind.Void) Push(new Value(result, []));
            return;
        }

        Leaf[] leaves = Program.Layouts.OfVariable(result).Leaves;
        if (leaves.Length == 1)
        {
            Push(result, call);
            return;
        }

        Expression[] values = new Expression[leaves.Length];
        values[0] = Code.Spill(call);
        for (int i = 1; i < leaves.Length; i++) values[i] = Code.Spill(new GlobalExpression(Program.ResultGlobal(i, leaves[i].WasmType)));
        Push(new Value(result, values));
    }

    private ClrMethod MethodAt(Instruction instruction) => Program.Tokens.Method(Function.Frame.Image, (int)instruction.Operand, Function.Frame.Context);

    private void Call(ClrMethod method, bool isVirtual)
    {
        ClrType? constraint = Function.Constraint;
        Function.Constraint = null;
        foreach (ClrType type in method.Shape.Parameters) _ = FunctionImporter.Known(type);
        _ = FunctionImporter.Known(method.Shape.Result);
        Value[] arguments = PopArguments(method.Shape);
        if (method.IsStatic)
        {
            if (constraint is not null) method = Program.Hierarchy.Implementation(constraint, method) ?? throw CompilationException.Invalid($"{constraint} does not have {method}");
            Invoke(method, arguments);
            return;
        }

        Value self = Pop();
        if (constraint is not null) Constrained(constraint, method, self, arguments);
        else if (isVirtual) Virtual(method, self, arguments);
        else Direct(method, self, arguments);
    }

    // A base call, a constructor, a struct's method.
    private void Direct(ClrMethod method, Value self, Value[] arguments)
    {
        if (method.Owner.Kind == TypeKind.Array || method.Definition.IsAbstract) throw CompilationException.Invalid($"{method} has no code");
        if (method.Owner.Definition!.FullName == "System.Object" && method.Name == ".ctor") return;
        Invoke(method, [Receiver(method, self), .. arguments]);
    }

    // A struct's method may be given the struct itself where verifiers would want its address.
    private static Value Receiver(ClrMethod method, Value self)
    {
        if (method.Owner.IsValue && self.IsPlain && self.Type.Kind == TypeKind.Struct) throw CompilationException.Invalid("a struct is where its address is expected");
        return self;
    }

    /// <summary>Calls a method of an object whose type is known at run time only.</summary>
    public void Virtual(ClrMethod method, Value self, Value[] arguments)
    {
        if (method.Owner.IsValue)
        {
            Direct(method, self, arguments);
            return;
        }

        if (IsInvocation(method))
        {
            InvokeDelegate(method, self, arguments);
            return;
        }

        if (!method.Definition.IsVirtual || IsFinal(method))
        {
            Invoke(method, [Checked(self, arguments, method), .. arguments]);
            return;
        }

        VirtualTargets targets = Program.Targets(method);
        if (targets.Single is { } only) InvokeOnly(only, self, arguments);
        else if (targets.IsEmpty) Fail(self);
        else Emit(Program.Dispatcher(method), method.Shape.Result, [Scalar(self), .. arguments.Zip(method.Shape.Parameters).SelectMany(pair => LeavesFor(pair.First, pair.Second))]);
    }

    private static bool IsFinal(ClrMethod method) =>
        method.Owner.Kind == TypeKind.Class && ((method.Definition.Row.Attributes & MethodAttributes.Final) != 0 || (method.Owner.Definition!.Row.Attributes & TypeAttributes.Sealed) != 0);

    private void InvokeOnly(ClrMethod only, Value self, Value[] arguments)
    {
        Value receiver = Checked(self, arguments, only);
        if (only.Owner.IsValue)
        {
            receiver = new Value(Types.ReferenceTo(only.Owner), [Fold.Binary(Op.I32Add, receiver.Leaves[0], Fold.I32(LayoutBuilder.HeaderSize))]);
        }

        Invoke(only, [receiver, .. arguments]);
    }

    // Arguments that call must not come behind the check of the receiver.
    private Value Checked(Value self, Value[] arguments, ClrMethod method)
    {
        if (self.Leaves is [var leaf] && Code.IsNonNull(leaf)) return self;
        bool calls = arguments.Any(static argument => argument.Leaves.Any(static leaf => (leaf.Effects & Effects.Calls) != 0));
        if (calls)
        {
            if (self.IsPlain) self = self with { Leaves = [.. self.Leaves.Select(Code.Spill)] };
            for (int i = 0; i < arguments.Length; i++) arguments[i] = arguments[i] with { Leaves = [.. arguments[i].Leaves.Select(Code.Spill)] };
        }

        return new Value(self.Type.IsReference ? self.Type : method.Owner, [Function.NonNull(self)]);
    }

    // Nothing in the program has the method, so the receiver is null.
    private void Fail(Value self)
    {
        _ = Scalar(self);
        Code.Add(new EvaluateStatement(new CallExpression(Program.Fault("Null"), [])));
        Code.Finish(UnreachableExit.Instance);
    }

    private bool IsInvocation(ClrMethod method) =>
        method.Name == "Invoke" && !method.Definition.HasBody && (Program.Hierarchy.BaseOf(method.Owner)?.Is("System.MulticastDelegate") ?? false);

    private void InvokeDelegate(ClrMethod method, Value self, Value[] arguments)
    {
        Expression[] leaves = [.. arguments.Zip(method.Shape.Parameters).SelectMany(pair => LeavesFor(pair.First, pair.Second))];
        bool fixes = leaves.Any(static leaf => (leaf.Effects & Effects.Calls) != 0);
        Expression target = fixes ? Code.Spill(Scalar(self)) : Scalar(self);
        if (fixes) leaves = [.. leaves.Select(Code.Spill)];
        Expression address = Function.NonNull(new Value(method.Owner, [target]));
        Finish(
            new IndirectCallExpression(
                Program.ShapeOf(method),
                [Fold.Load(Op.I32Load, address, LayoutBuilder.HeaderSize), .. leaves, Fold.Load(Op.I32Load, address, LayoutBuilder.HeaderSize + 4)]),
            method.Shape.Result);
    }

    private void Constrained(ClrType type, ClrMethod method, Value self, Value[] arguments)
    {
        if (!type.IsValue)
        {
            Value target = new IndirectImporter(Function).Read(self, type);
            Virtual(method, target, arguments);
            return;
        }

        ClrMethod? implementation = Program.Hierarchy.Implementation(type, method);
        if (implementation is { } own && own.Owner == type)
        {
            Direct(own, self, arguments);
            return;
        }

        if (_intrinsics.TryInherited(type, method, self, arguments)) return;
        Value copy = new IndirectImporter(Function).Read(self, type);
        Expression box = new ObjectImporter(Function).BoxOf(type, copy);
        Virtual(method, new Value(Types.Object, [box]), arguments);
    }
}
