using Microsoft.CodeAnalysis;

namespace Phala.Codec.Generator.Reading;

/// <summary>Finds the codec for a field's type.</summary>
internal static class FieldTypes
{
    private const string FixedCountPrefix = "FixedCount";

    private static readonly Dictionary<string, FieldForm> Simple = new()
    {
        ["byte"] = Form("U8", "u8"),
        ["ushort"] = Form("U16", "u16"),
        ["uint"] = Form("U32", "u32"),
        ["ulong"] = Form("U64", "u64"),
        ["System.UInt128"] = Form("U128", "u128"),
        ["Phala.Codec.UInt256"] = Form("U256", "U256"),
        ["sbyte"] = Form("I8", "i8"),
        ["short"] = Form("I16", "i16"),
        ["int"] = Form("I32", "i32"),
        ["long"] = Form("I64", "i64"),
        ["System.Int128"] = Form("I128", "i128"),
        ["Phala.Codec.Int256"] = Form("I256", "I256"),
        ["bool"] = Form("Bool", "bool"),
        ["string"] = Form("String", "String"),
        ["System.Text.Rune"] = Form("Rune", "char"),
        ["Phala.Codec.Unit"] = Form("Unit", "()"),
        ["Phala.Codec.BitSequence"] = Form("BitSequence", "BitVec<u8, Lsb0>"),
    };

    /// <summary>The generic types of C# that stand for one of Rust: their codec takes, for each argument, its codec and the argument.</summary>
    private static readonly Dictionary<string, (string Codec, string RustName)> Generic = new()
    {
        ["Phala.Codec.Vec<T>"] = ("Vec", "Vec"),
        ["System.Collections.Immutable.ImmutableArray<T>"] = ("ImmutableArray", "Vec"),
        ["Phala.Codec.Option<T>"] = ("Option", "Option"),
        ["Phala.Codec.Result<T, TError>"] = ("Result", "Result"),
        ["System.Collections.Generic.SortedDictionary<TKey, TValue>"] = ("Map", "BTreeMap"),
        ["System.Collections.Generic.SortedSet<T>"] = ("Set", "BTreeSet"),
    };

    internal static bool IsUnsignedInteger(ITypeSymbol type) =>
        PlainName(type) is "byte" or "ushort" or "uint" or "ulong" or "System.UInt128" or "Phala.Codec.UInt256";

    /// <summary>The name of the type that stands for a fixed number of elements.</summary>
    internal static string FixedCountName(int count) => $"{FixedCountPrefix}{count}";

    /// <summary>The form of a field's type, or null where it has none.</summary>
    internal static FieldForm? Resolve(ITypeSymbol type, bool isCompact, int? count)
    {
        if (isCompact) return CompactForm(type);
        if (type is IArrayTypeSymbol { Rank: 1, NullableAnnotation: not NullableAnnotation.Annotated } array) return ResolveArray(array, count);
        if (Simple.TryGetValue(PlainName(type), out FieldForm simple) && !IsNullableReference(type)) return simple;
        if (type is ITypeParameterSymbol parameter) return ResolveParameter(parameter);
        if (IsNullableReference(type)) return ResolveNullable(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated), "NullableReference");
        return type is INamedTypeSymbol named ? ResolveNamed(named) : null;
    }

    private static FieldForm? ResolveArray(IArrayTypeSymbol array, int? count)
    {
        if (Resolve(array.ElementType, isCompact: false, count: null) is not { } element) return null;
        string arguments = $"{element.Codec}, {Symbols.FullName(array.ElementType)}";
        return count is { } length
            ? new FieldForm($"{KnownNames.Codecs}.FixedArrayCodec<{arguments}, {FixedCountName(length)}>", $"[{element.RustName}; {length}]")
            : new FieldForm($"{KnownNames.Codecs}.ArrayCodec<{arguments}>", $"Vec<{element.RustName}>");
    }

    private static FieldForm? ResolveNamed(INamedTypeSymbol type)
    {
        if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T) return ResolveNullable(type.TypeArguments[0], "Nullable");
        if (type.IsTupleType) return ResolveTuple(type);
        if (PlainName(type.OriginalDefinition) == "Phala.Codec.Compact<T>") return ResolveCompact(type.TypeArguments[0]);
        if (Generic.TryGetValue(PlainName(type.OriginalDefinition), out (string Codec, string RustName) known)) return ResolveGeneric(type, known.Codec, known.RustName);
        return IsOwn(type) ? ResolveOwn(type) : null;
    }

    private static FieldForm? ResolveNullable(ITypeSymbol inner, string codec) =>
        Resolve(inner, isCompact: false, count: null) is { } form
            ? new FieldForm($"{KnownNames.Codecs}.{codec}Codec<{form.Codec}, {Symbols.FullName(inner)}>", $"Option<{form.RustName}>")
            : null;

    private static FieldForm? ResolveTuple(INamedTypeSymbol type)
    {
        ITypeSymbol[] items = [.. type.TupleElements.Select(static element => element.Type)];
        return items.Length is < 2 or > 7 || ResolveAll(items) is not { } forms
            ? null
            : new FieldForm(
                $"{KnownNames.Codecs}.Tuple{items.Length}Codec<{Arguments(forms, items)}>",
                $"({string.Join(", ", forms.Select(static form => form.RustName))})");
    }

    private static FieldForm? ResolveGeneric(INamedTypeSymbol type, string codec, string rustName)
    {
        ITypeSymbol[] arguments = [.. type.TypeArguments];
        return ResolveAll(arguments) is { } forms
            ? new FieldForm($"{KnownNames.Codecs}.{codec}Codec<{Arguments(forms, arguments)}>", Applied(rustName, forms))
            : null;
    }

    private static FieldForm? ResolveCompact(ITypeSymbol inner) =>
        CompactForm(inner) is { } form
            ? new FieldForm($"{KnownNames.Codecs}.CompactCodec<{form.Codec}, {Symbols.FullName(inner)}>", $"Compact<{form.RustName}>")
            : null;

    private static FieldForm? CompactForm(ITypeSymbol type) =>
        IsUnsignedInteger(type) && Simple[PlainName(type)] is var plain
            ? new FieldForm(plain.Codec.Replace($"{KnownNames.Codecs}.", $"{KnownNames.Codecs}.Compact"), plain.RustName)
            : null;

    private static FieldForm? ResolveParameter(ITypeParameterSymbol parameter) =>
        parameter.ConstraintTypes.OfType<INamedTypeSymbol>().Any(constraint => ImplementsScale(constraint, parameter))
        && parameter.NullableAnnotation != NullableAnnotation.Annotated
            ? new FieldForm(parameter.Name, parameter.Name)
            : null;

    private static FieldForm? ResolveOwn(INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Enum) return new FieldForm($"{Symbols.FullName(type)}Codec", type.Name);
        // The arguments' own forms matter for the name in metadata only; an argument without a form is told by its C# name.
        IEnumerable<FieldForm> arguments = type.TypeArguments.Select(static argument =>
            Resolve(argument, isCompact: false, count: null) ?? new FieldForm("", argument.Name));
        return new FieldForm(Symbols.FullName(type), Applied(type.Name, [.. arguments]));
    }

    private static bool IsOwn(INamedTypeSymbol type) =>
        Symbols.Has(type.OriginalDefinition, KnownNames.ScaleAttribute)
        || type.AllInterfaces.Any(candidate => ImplementsScale(candidate, type));

    private static bool ImplementsScale(INamedTypeSymbol candidate, ITypeSymbol self) =>
        (candidate.OriginalDefinition.ToDisplayString() == "Phala.Codec.IScale<TSelf>" && SymbolEqualityComparer.Default.Equals(candidate.TypeArguments[0], self))
        || candidate.AllInterfaces.Any(inherited => ImplementsScale(inherited, self));

    private static bool IsNullableReference(ITypeSymbol type) => type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated };

    private static FieldForm[]? ResolveAll(ITypeSymbol[] types)
    {
        FieldForm?[] forms = [.. types.Select(static type => Resolve(type, isCompact: false, count: null))];
        return forms.Any(static form => form is null) ? null : [.. forms.Select(static form => form!.Value)];
    }

    private static string Arguments(FieldForm[] forms, ITypeSymbol[] types) =>
        string.Join(", ", forms.Zip(types, static (form, type) => $"{form.Codec}, {Symbols.FullName(type)}"));

    private static string Applied(string name, FieldForm[] arguments) =>
        arguments.Length == 0 ? name : $"{name}<{string.Join(", ", arguments.Select(static argument => argument.RustName))}>";

    private static string PlainName(ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(
        SymbolDisplayFormat.CSharpErrorMessageFormat.RemoveMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier));

    private static FieldForm Form(string codec, string rustName) => new($"{KnownNames.Codecs}.{codec}Codec", rustName);
}
