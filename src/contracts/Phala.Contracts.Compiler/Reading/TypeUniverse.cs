using System.Reflection.Metadata;

namespace Phala.Contracts.Compiler.Reading;

/// <summary>All types and methods of a compilation, each once.</summary>
internal sealed class TypeUniverse
{
    private const int DeepestArguments = 10, MostTypes = 20_000, MostMethods = 60_000;

    private static readonly Dictionary<string, TypeKind> Primitives = new(StringComparer.Ordinal)
    {
        ["System.Void"] = TypeKind.Void, ["System.Boolean"] = TypeKind.Boolean, ["System.Char"] = TypeKind.Char,
        ["System.SByte"] = TypeKind.Int8, ["System.Byte"] = TypeKind.UInt8, ["System.Int16"] = TypeKind.Int16, ["System.UInt16"] = TypeKind.UInt16,
        ["System.Int32"] = TypeKind.Int32, ["System.UInt32"] = TypeKind.UInt32, ["System.Int64"] = TypeKind.Int64, ["System.UInt64"] = TypeKind.UInt64,
        ["System.IntPtr"] = TypeKind.NativeInt, ["System.UIntPtr"] = TypeKind.NativeUInt,
    };

    private readonly Dictionary<(object Head, string Arguments), ClrType> _types = [];
    private readonly Dictionary<(MethodDef Definition, int Owner, string Arguments), ClrMethod> _methods = [];
    private readonly Dictionary<MethodDef, MethodShape> _shapes = [];
    private readonly Dictionary<string, ClrType> _core = new(StringComparer.Ordinal);

    public TypeUniverse(Definitions definitions)
    {
        Definitions = definitions;
        Object = Core("System.Object");
        String = Core("System.String");
        Int32 = Core("System.Int32");
        Int64 = Core("System.Int64");
        NativeInt = Core("System.IntPtr");
        Boolean = Core("System.Boolean");
        Void = Core("System.Void");
    }

    public Definitions Definitions { get; }

    public ClrType Object { get; }

    public ClrType String { get; }

    public ClrType Int32 { get; }

    public ClrType Int64 { get; }

    public ClrType NativeInt { get; }

    public ClrType Boolean { get; }

    public ClrType Void { get; }

    /// <summary>A plain type of the library of contracts.</summary>
    public ClrType Core(string fullName)
    {
        if (_core.TryGetValue(fullName, out ClrType? known)) return known;
        TypeDef definition = Definitions.FindCore(fullName) ?? throw new InvalidOperationException($"the library of contracts has no {fullName}");
        return _core[fullName] = Instance(definition, []);
    }

    /// <summary>A generic type of the library of contracts.</summary>
    public ClrType Core(string fullName, params ClrType[] arguments) =>
        Instance(Definitions.FindCore(fullName) ?? throw new InvalidOperationException($"the library of contracts has no {fullName}"), arguments);

    /// <summary>A definition with its arguments.</summary>
    public ClrType Instance(TypeDef definition, ClrType[] arguments)
    {
        (TypeDef, string) key = (definition, Key(arguments));
        if (_types.TryGetValue(key, out ClrType? known)) return known;
        if (arguments.Length != definition.Arity) throw CompilationException.Invalid($"{definition} has {definition.Arity} type parameters and is given {arguments.Length} arguments");
        ClrType? underlying = UnderlyingOf(definition);
        TypeKind kind = underlying?.Kind ?? KindOf(definition);
        ClrType made = new()
        {
            Kind = kind, Definition = definition, Arguments = arguments, Id = _types.Count, Depth = DepthOf(arguments), Name = NameOf(definition, arguments), Underlying = underlying,
        };
        return Add(key, made);
    }

    public ClrType ArrayOf(ClrType element) => Compound(TypeKind.Array, element, $"{element}[]");

    public ClrType ReferenceTo(ClrType element) => Compound(TypeKind.ByRef, element, $"ref {element}");

    public ClrType PointerTo(ClrType element) => Compound(TypeKind.Pointer, element, $"{element}*");

    public ClrType TypeParameter(int position) => Simple(TypeKind.TypeParameter, $"!{position}", position);

    public ClrType MethodParameter(int position) => Simple(TypeKind.MethodParameter, $"!!{position}", position);

    public ClrType FunctionPointer() => Simple(TypeKind.Function, "delegate*", 0);

    /// <summary>A type that contracts cannot have.</summary>
    public ClrType Unusable(TypeKind kind, string name) => Simple(kind, name, 0);

    /// <summary>Puts arguments in the place of parameters.</summary>
    public ClrType Substitute(ClrType type, GenericContext context)
    {
        if (!type.IsOpen) return type;
        switch (type.Kind)
        {
            case TypeKind.TypeParameter: return Argument(context.TypeArguments, type);
            case TypeKind.MethodParameter: return Argument(context.MethodArguments, type);
            case TypeKind.Array: return ArrayOf(Substitute(type.Element!, context));
            case TypeKind.ByRef: return ReferenceTo(Substitute(type.Element!, context));
            case TypeKind.Pointer: return PointerTo(Substitute(type.Element!, context));
            default: return Instance(type.Definition!, Substitute(type.Arguments, context));
        }
    }

    public ClrType[] Substitute(ClrType[] types, GenericContext context) => Array.ConvertAll(types, type => Substitute(type, context));

    public MethodShape Substitute(MethodShape shape, GenericContext context) =>
        new(shape.HasThis, shape.Arity, Substitute(shape.Result, context), Substitute(shape.Parameters, context));

    /// <summary>A method with the arguments of its type and its own.</summary>
    public ClrMethod Method(MethodDef definition, ClrType owner, ClrType[] arguments)
    {
        var key = (definition, owner.Id, Key(arguments));
        if (_methods.TryGetValue(key, out ClrMethod? known)) return known;
        if (arguments.Length != definition.Arity) throw CompilationException.Invalid($"{definition} is given {arguments.Length} type arguments");
        if (_methods.Count >= MostMethods) throw new CompilationException(DiagnosticIds.TooLarge, "the program has too many methods");
        ClrMethod made = new()
        {
            Definition = definition, Owner = owner, Arguments = arguments, Id = _methods.Count,
            Shape = Substitute(ShapeOf(definition), new GenericContext(owner.Arguments, arguments)),
        };
        _methods[key] = made;
        return made;
    }

    /// <summary>A method's parameters and result in its own terms.</summary>
    public MethodShape ShapeOf(MethodDef method)
    {
        if (_shapes.TryGetValue(method, out MethodShape? known)) return known;
        MethodSignature<ClrType> signature = method.Row.DecodeSignature(new SignatureTypes(this, method.Owner.Image), GenericContext.Open);
        return _shapes[method] = new MethodShape(!method.IsStatic, signature.GenericParameterCount, signature.ReturnType, [.. signature.ParameterTypes]);
    }

    /// <summary>The fields of a type, static ones included.</summary>
    public ClrField FieldOf(FieldDef field, ClrType owner)
    {
        ClrType type = field.Row.DecodeSignature(new SignatureTypes(this, field.Owner.Image), new GenericContext(owner.Arguments, null));
        return new ClrField(field, owner, type);
    }

    private static ClrType Argument(ClrType[]? arguments, ClrType parameter)
    {
        if (arguments is null) return parameter;
        return parameter.Position < arguments.Length ? arguments[parameter.Position] : throw CompilationException.Invalid("a type parameter has no argument");
    }

    private static string Key(ClrType[] arguments) => arguments.Length switch
    {
        0 => "",
        1 => arguments[0].Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => string.Join(',', arguments.Select(static argument => argument.Id)),
    };

    private static int DepthOf(ClrType[] arguments) => arguments.Length == 0 ? 0 : arguments.Max(static argument => argument.Depth) + 1;

    private static string NameOf(TypeDef definition, ClrType[] arguments)
    {
        string name = definition.FullName.Replace('/', '.');
        int tick = name.IndexOf('`', StringComparison.Ordinal);
        while (tick >= 0)
        {
            int end = tick + 1;
            while (end < name.Length && char.IsAsciiDigit(name[end])) end++;
            name = name.Remove(tick, end - tick);
            tick = name.IndexOf('`', StringComparison.Ordinal);
        }

        return arguments.Length == 0 ? name : $"{name}<{string.Join(", ", (object[])arguments)}>";
    }

    private ClrType Compound(TypeKind kind, ClrType element, string name)
    {
        (object, string) key = (kind, Key([element]));
        if (_types.TryGetValue(key, out ClrType? known)) return known;
        return Add(key, new ClrType { Kind = kind, Element = element, Id = _types.Count, Depth = element.Depth + 1, Name = name });
    }

    private ClrType Simple(TypeKind kind, string name, int position)
    {
        (object, string) key = (kind, name);
        if (_types.TryGetValue(key, out ClrType? known)) return known;
        return Add(key, new ClrType { Kind = kind, Position = position, Id = _types.Count, Depth = 0, Name = name });
    }

    private ClrType Add((object, string) key, ClrType made)
    {
        if (made.Depth > DeepestArguments) throw new CompilationException(DiagnosticIds.GenericRecursion, $"generic types are nested too deeply: {Shorten(made.Name)}");
        if (_types.Count >= MostTypes) throw new CompilationException(DiagnosticIds.TooLarge, "the program has too many types");
        _types.Add(key, made);
        return made;
    }

    private static string Shorten(string name) => name.Length <= 120 ? name : $"{name[..120]}…";

    private TypeKind KindOf(TypeDef definition)
    {
        if (definition.Image == Definitions.CoreImage && Primitives.TryGetValue(definition.FullName, out TypeKind primitive)) return primitive;
        if (definition.IsInterface) return TypeKind.Interface;
        return Definitions.BaseNameOf(definition) == "System.ValueType" && definition.FullName != "System.Enum" ? TypeKind.Struct : TypeKind.Class;
    }

    private ClrType? UnderlyingOf(TypeDef definition)
    {
        if (Definitions.BaseNameOf(definition) != "System.Enum") return null;
        FieldDef? value = definition.Fields.FirstOrDefault(static field => !field.IsStatic);
        ClrType? type = value?.Row.DecodeSignature(new SignatureTypes(this, definition.Image), GenericContext.Open);
        return type is { Kind: >= TypeKind.Boolean and <= TypeKind.NativeUInt, Underlying: null } ? type : throw CompilationException.Invalid($"{definition} is an enum without a value");
    }
}
