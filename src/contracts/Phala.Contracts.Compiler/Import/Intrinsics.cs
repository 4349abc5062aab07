using Phala.Contracts.Compiler.Code;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Import;

/// <summary>Methods without code of their own: what they do is what the compiler emits.</summary>
internal sealed class Intrinsics(FunctionImporter function) : InstructionImporter(function)
{
    private const string Machine = "System.Runtime.Machine", Unsafe = "System.Runtime.CompilerServices.Unsafe", Helpers = "System.Runtime.CompilerServices.RuntimeHelpers";

    public override bool TryImport(Instruction instruction) => false;

    /// <summary>Imports a call of such a method.</summary>
    public bool TryImport(ClrMethod method, Value[] arguments)
    {
        if (method.Definition.HasBody || method.Owner.Definition!.Image != Types.Definitions.CoreImage) return false;
        return method.Owner.Definition.FullName switch
        {
            Machine => TryMachine(method, arguments) || TryValues(method, arguments),
            Unsafe => TryUnsafe(method, arguments),
            Helpers => TryHelpers(method, arguments),
            "System.Type" => TryType(method, arguments),
            "System.Activator" => TryActivator(method),
            _ => false,
        };
    }

    /// <summary>Imports a call on a value of a method that its type inherits from Object, ValueType or Enum.</summary>
    public bool TryInherited(ClrType type, ClrMethod method, Value self, Value[] arguments)
    {
        if (method.Owner.Definition?.FullName is not ("System.Object" or "System.ValueType" or "System.Enum")) return false;
        if (!type.IsEnum)
        {
            throw new CompilationException(DiagnosticIds.StructDefaults, $"{type} has no {method.Name} of its own: write it, or make it a record struct");
        }

        ClrType underlying = type.Underlying!;
        switch (method.Name)
        {
            case "ToString" when arguments.Length == 0:
                Push(Types.String, new CallExpression(Program.EnumNames(type), [Scalar(new IndirectImporter(Function).Read(self, type))]));
                return true;
            case "GetHashCode":
                ClrMethod hash = Program.Hierarchy.Implementation(underlying, method)!;
                Function.Calls.Invoke(hash, [self]);
                return true;
            default:
                return false;
        }
    }

    private bool TryMachine(ClrMethod method, Value[] arguments)
    {
        switch (method.Name)
        {
            case "get_HeapTop": Push(Types.Int32, new GlobalExpression(Program.HeapTop)); return true;
            case "set_HeapTop": Code.Add(new SetGlobalStatement(Program.HeapTop, Scalar(arguments[0]))); return true;
            case "MemoryPages": Push(Types.Int32, new MemoryExpression(null)); return true;
            case "GrowMemory": Push(Types.Int32, new MemoryExpression(Scalar(arguments[0]))); return true;
            case "Trap": Code.Finish(UnreachableExit.Instance); return true;
            case "get_HasRevertHandler": Push(Types.Boolean, Fold.I32(Program.RevertHandler is null ? 0 : 1)); return true;
            case "Revert": Revert(arguments[0]); return true;
            case "BoxedBits" or "BoxedName": Push(method.Shape.Result, new CallExpression(method.Name == "BoxedBits" ? Program.Boxes.Bits() : Program.Boxes.Name(), [Scalar(arguments[0])])); return true;
            case "TypeNumber": Push(Types.Int32, Fold.I32(Program.TypeNumber(method.Arguments[0]))); return true;
            case "NumberOf": Push(Types.Int32, Fold.Load(Op.I32Load, Function.NonNull(arguments[0]), 0)); return true;
            case "AddressOf" or "ObjectAt" or "Reinterpret": Push(method.Shape.Result, Scalar(arguments[0])); return true;
            case "IsReference": Push(Types.Boolean, Fold.I32(method.Arguments[0].IsReference ? 1 : 0)); return true;
            case "IsEquatable": Push(Types.Boolean, Fold.I32(Has(method.Arguments[0], "System.IEquatable`1") ? 1 : 0)); return true;
            case "IsComparable": Push(Types.Boolean, Fold.I32(Has(method.Arguments[0], "System.IComparable`1") ? 1 : 0)); return true;
            case "IsFormattable": Push(Types.Boolean, Fold.I32(Has(method.Arguments[0], "System.IFormattable") ? 1 : 0)); return true;
            case "IsEnum": Push(Types.Boolean, Fold.I32(method.Arguments[0].IsEnum ? 1 : 0)); return true;
            case "Is": Push(Types.Boolean, Fold.I32(method.Arguments[0] == method.Arguments[1] ? 1 : 0)); return true;
            default: return TryBits(method.Name, arguments);
        }
    }

    private bool TryBits(string name, Value[] arguments)
    {
        Op? op = name switch
        {
            "LeadingZeros32" => Op.I32Clz, "TrailingZeros32" => Op.I32Ctz, "Ones32" => Op.I32Popcnt,
            "LeadingZeros64" => Op.I64Clz, "TrailingZeros64" => Op.I64Ctz, "Ones64" => Op.I64Popcnt,
            "RotateLeft32" => Op.I32Rotl, "RotateRight32" => Op.I32Rotr, "RotateLeft64" => Op.I64Rotl, "RotateRight64" => Op.I64Rotr,
            _ => null,
        };
        if (op is null) return false;
        Expression value = Scalar(arguments[0]);
        if (arguments.Length == 2)
        {
            Expression amount = Scalar(arguments[1]);
            Push(IntegerType(value.Type), Fold.Binary(op.Value, value, value.Type == WasmType.I64 ? Fold.Unary(Op.I64ExtendI32U, amount) : amount));
            return true;
        }

        Expression count = Fold.Unary(op.Value, value);
        Push(Types.Int32, count.Type == WasmType.I64 ? Fold.Unary(Op.I32WrapI64, count) : count);
        return true;
    }

    private bool Has(ClrType type, string name) => Program.Hierarchy.AllInterfaces(type).Any(face => face.Is(name) && (face.Arguments.Length == 0 || face.Arguments[0] == type));

    private void Revert(Value message)
    {
        if (Program.RevertHandler is { } handler) Code.Add(new EvaluateStatement(new CallExpression(Program.Function(handler), [Scalar(message)])));
        else if (Scalar(message) is { } unused && (unused.Effects & Effects.Calls) != 0) Code.Add(new EvaluateStatement(unused));
        Code.Finish(UnreachableExit.Instance);
    }

    // Calls of a type argument's own methods, which the library cannot write as constraints.
    private bool TryValues(ClrMethod method, Value[] arguments)
    {
        ClrType? type = method.Arguments.Length == 1 ? method.Arguments[0] : null;
        if (type is null) return false;
        switch (method.Name)
        {
            case "EqualsValue": CallOwn(type, Types.Core("System.IEquatable`1", type), "Equals", arguments); return true;
            case "CompareValue": CallOwn(type, Types.Core("System.IComparable`1", type), "CompareTo", arguments); return true;
            case "FormatValue": CallOwn(type, Types.Core("System.IFormattable"), "ToString", arguments); return true;
            case "EnumBits": Push(Types.Int64, Widened(type, Scalar(arguments[0]))); return true;
            default: return false;
        }
    }

    private static Expression Widened(ClrType type, Expression value)
    {
        if (value.Type == WasmType.I64) return value;
        return Fold.Unary(type.Kind is TypeKind.UInt8 or TypeKind.UInt16 or TypeKind.UInt32 ? Op.I64ExtendI32U : Op.I64ExtendI32S, value);
    }

    private void CallOwn(ClrType type, ClrType face, string name, Value[] arguments)
    {
        MethodDef definition = face.Definition!.Methods.First(each => each.Name == name);
        ClrMethod declared = Types.Method(definition, face, []);
        ClrMethod? own = type.IsValue ? Program.Hierarchy.Implementation(type, declared) : null;
        if (own is not null)
        {
            Function.Calls.Invoke(own, arguments);
            return;
        }

        Value target = new IndirectImporter(Function).Read(arguments[0], type);
        Function.Calls.Virtual(declared, target, arguments[1..]);
    }

    private bool TryUnsafe(ClrMethod method, Value[] arguments)
    {
        switch (method.Name)
        {
            case "As" when method.Arguments.Length == 1:
            case "AsPointer" or "AsRef" or "As" or "NullRef":
                Push(method.Name == "NullRef" ? new Value(method.Shape.Result, [Fold.I32(0)]) : arguments[0] with { Type = method.Shape.Result });
                return true;
            case "SizeOf":
                Push(Types.Int32, Fold.I32(Program.Layouts.OfVariable(method.Arguments[0]).Size));
                return true;
            case "Add":
                int size = Program.Layouts.OfVariable(method.Arguments[0]).Size;
                Expression offset = Fold.Binary(Op.I32Mul, Scalar(arguments[1]), Fold.I32(size));
                if (offset is ConstantExpression { Value: 0 }) Push(arguments[0]);
                else Push(method.Shape.Result, Fold.Binary(Op.I32Add, Scalar(arguments[0]), offset));
                return true;
            case "AddByteOffset":
                Push(method.Shape.Result, Fold.Binary(Op.I32Add, Scalar(arguments[0]), Scalar(arguments[1])));
                return true;
            case "ReadUnaligned":
                Push(new IndirectImporter(Function).Read(arguments[0], method.Arguments[0]));
                return true;
            case "WriteUnaligned":
                new IndirectImporter(Function).Write(arguments[0], method.Arguments[0], arguments[1]);
                return true;
            case "AreSame":
                Push(Types.Boolean, Fold.Binary(Op.I32Eq, Scalar(arguments[0]), Scalar(arguments[1])));
                return true;
            case "IsNullRef":
                Push(Types.Boolean, Fold.Unary(Op.I32Eqz, Scalar(arguments[0])));
                return true;
            default:
                return false;
        }
    }

    private bool TryHelpers(ClrMethod method, Value[] arguments)
    {
        switch (method.Name)
        {
            case "InitializeArray":
                ClrField content = arguments[1].Field ?? throw CompilationException.Invalid("an array is initialized with something that is no field");
                DataSymbol data = Program.Statics.Content(content.Definition);
                Expression array = Function.NonNull(arguments[0]);
                Code.Add(new EvaluateStatement(new CallExpression(
                    Program.Helper("Copy"),
                    [Fold.Binary(Op.I32Add, array, Fold.I32(ArrayImporter.ElementsOffset)), new SymbolExpression(data, 0), Fold.I32(data.Content.Length)])));
                return true;
            case "CreateSpan":
                ClrField field = arguments[0].Field ?? throw CompilationException.Invalid("a span is made of something that is no field");
                DataSymbol bytes = Program.Statics.Content(field.Definition);
                int size = Program.Layouts.OfVariable(method.Arguments[0]).Size;
                Push(new Value(method.Shape.Result, [new SymbolExpression(bytes, 0), Fold.I32(bytes.Content.Length / size)]));
                return true;
            case "IsReferenceOrContainsReferences":
                Push(Types.Boolean, Fold.I32(Program.Layouts.OfVariable(method.Arguments[0]).Leaves.Any(static leaf => leaf.Type.IsReference) ? 1 : 0));
                return true;
            default:
                return false;
        }
    }

    // What new() of a type parameter means.
    private bool TryActivator(ClrMethod method)
    {
        ClrType type = method.Arguments[0];
        MethodDef? constructor = type.Definition?.Methods.FirstOrDefault(each => each is { Name: ".ctor", IsStatic: false } && Types.ShapeOf(each).Parameters.Length == 0);
        if (constructor is not null) new ObjectImporter(Function).Create(Types.Method(constructor, type, []), Function.Frame.Offset);
        else if (type.IsValue) Push(Function.ZeroOf(type));
        else throw CompilationException.Invalid($"{type} has no constructor without parameters");
        return true;
    }

    private bool TryType(ClrMethod method, Value[] arguments)
    {
        if (method.Name != "GetTypeFromHandle") return false;
        ClrType type = arguments[0].TypeToken ?? throw CompilationException.Invalid("a type is made of something that is no token");
        Push(method.Shape.Result, new SymbolExpression(Program.Statics.TypeObject(type), 0));
        return true;
    }
}
