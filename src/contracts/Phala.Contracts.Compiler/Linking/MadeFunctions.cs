using System.Reflection.Metadata;
using Phala.Contracts.Compiler.Code;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Linking;

/// <summary>Functions that no method has: dispatch by type, targets of delegates, throwing, names of enums.</summary>
internal sealed class MadeFunctions(ProgramBuilder program)
{
    private readonly Dictionary<ClrMethod, FunctionUnit> _dispatchers = [], _raisers = [], _targets = [];
    private readonly Dictionary<ClrType, FunctionUnit> _names = [];

    /// <summary>Calls the method that an object's type has.</summary>
    public FunctionUnit Dispatcher(ClrMethod method, VirtualTargets targets)
    {
        if (_dispatchers.TryGetValue(method, out FunctionUnit? known)) return known;
        FunctionUnit made = new($"virtual {method}", program.ShapeOf(method));
        _dispatchers[method] = made;
        program.AddUnit(made);
        if (!targets.IsKnown) return made;
        FunctionBody body = BodyFor(made.Shape, out Expression[] arguments);
        Block entry = NewBlock(body), none = NewBlock(body);
        none.Statements.Add(new EvaluateStatement(new CallExpression(program.Fault("Null"), [])));
        int first = program.TypeNumber(targets.ByType[0].Type), last = program.TypeNumber(targets.ByType[^1].Type);
        Block[] cases = new Block[last - first + 1];
        Array.Fill(cases, none);
        foreach (IGrouping<ClrMethod, (ClrType Type, ClrMethod Method)> group in targets.ByType.GroupBy(static each => each.Method))
        {
            Block call = NewBlock(body);
            foreach ((ClrType type, _) in group) cases[program.TypeNumber(type) - first] = call;
            program.CountCall(group.Key);
            call.Exit = Call(program.Function(group.Key), group.Key.Owner.IsValue ? Unboxed(arguments) : arguments, call);
        }

        Expression number = Fold.Binary(Op.I32Sub, Fold.Load(Op.I32Load, arguments[0], 0), Fold.I32(first));
        entry.Exit = new SwitchExit(number, cases, none);
        made.Body = body;
        return made;
    }

    /// <summary>A function that takes a delegate's target first.</summary>
    public FunctionUnit DelegateTarget(ClrMethod method, bool isVirtual)
    {
        if (isVirtual)
        {
            VirtualTargets targets = program.Targets(method);
            if (targets.Single is not { } single) return program.Dispatcher(method);
            method = single;
        }

        if (!method.IsStatic && !method.Owner.IsValue) return program.Function(method);
        if (_targets.TryGetValue(method, out FunctionUnit? known)) return known;
        FunctionUnit called = program.Function(method);
        WasmType[] parameters = method.IsStatic ? [WasmType.I32, .. called.Shape.Parameters] : called.Shape.Parameters;
        FunctionUnit made = new($"delegate of {method}", new FunctionShape(parameters, called.Shape.Result));
        _targets[method] = made;
        program.AddUnit(made);
        made.Body = BodyFor(made.Shape, out Expression[] arguments);
        Block block = NewBlock(made.Body);
        block.Exit = Call(called, method.IsStatic ? arguments[1..] : Unboxed(arguments), block);
        return made;
    }

    /// <summary>Makes an exception and throws it.</summary>
    public FunctionUnit Raiser(ClrMethod constructor)
    {
        program.CountCall(constructor);
        if (_raisers.TryGetValue(constructor, out FunctionUnit? known)) return known;
        FunctionShape shape = program.ShapeOf(constructor);
        FunctionUnit made = new($"throw {constructor.Owner}", new FunctionShape(shape.Parameters[1..], WasmType.None)) { NeverReturns = true };
        _raisers[constructor] = made;
        program.AddUnit(made);
        program.MarkConstructed(constructor.Owner);
        FunctionBody body = BodyFor(made.Shape, out Expression[] arguments);
        Block block = NewBlock(body);
        Local exception = body.AddLocal(WasmType.I32);
        int size = (program.Layouts.Of(constructor.Owner).Size + 3) & ~3;
        LocalExpression self = new(exception);
        block.Statements.Add(new SetLocalStatement(exception, new CallExpression(program.Helper("NewObject"), [Fold.I32(program.TypeNumber(constructor.Owner)), Fold.I32(size)])));
        block.Statements.Add(new EvaluateStatement(new CallExpression(program.Function(constructor), [self, .. arguments])));
        block.Statements.Add(new EvaluateStatement(new CallExpression(program.Helper("Throw"), [self])));
        made.Body = body;
        return made;
    }

    /// <summary>The name of an enum's value, or its number.</summary>
    public FunctionUnit EnumNames(ClrType type)
    {
        if (_names.TryGetValue(type, out FunctionUnit? known)) return known;
        WasmType scalar = program.Layouts.OfVariable(type).Leaves[0].WasmType;
        FunctionUnit made = new($"names of {type}", new FunctionShape([scalar], WasmType.I32));
        _names[type] = made;
        program.AddUnit(made);
        FunctionBody body = BodyFor(made.Shape, out Expression[] arguments);
        Block current = NewBlock(body);
        foreach ((string name, long value) in Names(type))
        {
            Block hit = NewBlock(body), next = NewBlock(body);
            Expression constant = scalar == WasmType.I64 ? Fold.I64(value) : Fold.I32((int)value);
            current.Exit = new BranchExit(Fold.Binary(scalar == WasmType.I64 ? Op.I64Eq : Op.I32Eq, arguments[0], constant), hit, next);
            hit.Exit = new ReturnExit(new SymbolExpression(program.Statics.String(name), 0));
            current = next;
        }

        bool signed = type.Kind is TypeKind.Int8 or TypeKind.Int16 or TypeKind.Int32 or TypeKind.Int64;
        Expression wide = scalar == WasmType.I64 ? arguments[0] : Fold.Unary(signed ? Op.I64ExtendI32S : Op.I64ExtendI32U, arguments[0]);
        current.Exit = new ReturnExit(new CallExpression(program.Core("System.Number", signed ? "FromInt64" : "FromUInt64"), [wide]));
        made.Body = body;
        return made;
    }

    /// <summary>Whether an enum is a set of flags, whose names are those of their parts.</summary>
    public static bool IsFlags(ClrType type) => Attributes.Find(type.Definition!.Image.Metadata, type.Definition.Row.GetCustomAttributes(), "System", "FlagsAttribute") is not null;

    private static IEnumerable<(string Name, long Value)> Names(ClrType type)
    {
        TypeDef definition = type.Definition!;
        MetadataReader reader = definition.Image.Metadata;
        HashSet<long> seen = [];
        if (IsFlags(type))
        {
            throw new CompilationException(DiagnosticIds.StructDefaults, $"{type} is a set of flags, whose names are not available in contracts: convert it to a number first");
        }

        foreach (FieldDef field in definition.Fields.Where(static field => field.IsLiteral).OrderBy(static field => field.Index))
        {
            Constant constant = reader.GetConstant(field.Row.GetDefaultValue());
            BlobReader blob = reader.GetBlobReader(constant.Value);
            long value = constant.TypeCode switch
            {
                ConstantTypeCode.SByte => blob.ReadSByte(), ConstantTypeCode.Byte => blob.ReadByte(), ConstantTypeCode.Int16 => blob.ReadInt16(), ConstantTypeCode.UInt16 => blob.ReadUInt16(),
                ConstantTypeCode.Int32 => blob.ReadInt32(), ConstantTypeCode.UInt32 => blob.ReadUInt32(), ConstantTypeCode.Int64 or ConstantTypeCode.UInt64 => blob.ReadInt64(),
                _ => throw CompilationException.Invalid($"{field} has a value that no enum has"),
            };
            if (seen.Add(value)) yield return (field.Name, value);
        }
    }

    private static FunctionBody BodyFor(FunctionShape shape, out Expression[] arguments)
    {
        FunctionBody body = new() { ParameterCount = shape.Parameters.Length };
        arguments = [.. shape.Parameters.Select(parameter => (Expression)new LocalExpression(body.AddLocal(parameter)))];
        return body;
    }

    private static Block NewBlock(FunctionBody body)
    {
        Block made = new(body.Blocks.Count);
        body.Blocks.Add(made);
        return made;
    }

    private static Expression[] Unboxed(Expression[] arguments) => [Fold.Binary(Op.I32Add, arguments[0], Fold.I32(LayoutBuilder.HeaderSize)), .. arguments[1..]];

    private static ReturnExit Call(FunctionUnit function, Expression[] arguments, Block block)
    {
        CallExpression call = new(function, arguments);
        if (call.Type != WasmType.None) return new ReturnExit(call);
        block.Statements.Add(new EvaluateStatement(call));
        return new ReturnExit(null);
    }
}
