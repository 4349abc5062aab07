using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Phala.Codec.Generator.Model;

namespace Phala.Codec.Generator.Reading;

/// <summary>Makes the model of a type marked with <c>[Scale]</c>.</summary>
internal static class TypeReader
{
    internal static TypeModel Read(INamedTypeSymbol type, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ImmutableArray<DiagnosticModel>.Builder diagnostics = ImmutableArray.CreateBuilder<DiagnosticModel>();
        int? fixedLength = Symbols.IntArgument(type, KnownNames.FixedBytesAttribute);
        Shape shape = ShapeOf(type, fixedLength, diagnostics);
        CheckPartial(type, shape, diagnostics);

        BodyModel body = shape == Shape.Record && diagnostics.Count == 0 ? BodyReader.Read(type, type, diagnostics) : BodyModel.Empty;
        ImmutableArray<VariantModel> variants = shape switch
        {
            Shape.Union => VariantReader.ReadCases(type, diagnostics),
            Shape.Enum => VariantReader.ReadMembers(type, diagnostics),
            _ => [],
        };
        Recursion.CheckEnds(type, diagnostics);

        return new TypeModel(
            shape,
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(),
            new([.. Symbols.Containers(type).Select(Symbols.Header)]),
            shape == Shape.Enum ? "" : Symbols.Header(type),
            type.Name,
            Symbols.NameWithParameters(type),
            Symbols.FileName(type) + ".g.cs",
            type.DeclaredAccessibility == Accessibility.Public ? "public" : type.DeclaredAccessibility == Accessibility.Private ? "private" : "internal",
            new(PathOf(type)),
            new([.. Parameters(type)]),
            new(Documentation.Summary(type)),
            body,
            new(variants),
            fixedLength ?? 0,
            Recursion.ReachesItself(type),
            new(diagnostics.ToImmutable()));
    }

    private static Shape ShapeOf(INamedTypeSymbol type, int? fixedLength, ImmutableArray<DiagnosticModel>.Builder diagnostics)
    {
        if (type.TypeKind == TypeKind.Enum) return Shape.Enum;
        if (fixedLength is { } length)
        {
            bool isEmpty = Symbols.State(type).Count == 0;
            bool isPlain = type is { TypeKind: TypeKind.Struct, IsReadOnly: true, IsRecord: false, IsGenericType: false };
            if (!isPlain || !isEmpty || length < 1) diagnostics.Add(DiagnosticModel.At(type, Diagnostics.UnsupportedFixedBytes, type.Name));
            return Shape.FixedBytes;
        }

        if (type is { IsRecord: true, IsAbstract: true }) return Shape.Union;
        bool isRecord = type.IsRecord && (type.IsValueType || type.BaseType?.SpecialType == SpecialType.System_Object);
        if (!isRecord && type.TypeKind != TypeKind.Struct) diagnostics.Add(DiagnosticModel.At(type, Diagnostics.UnsupportedShape, type.Name));
        return Shape.Record;
    }

    private static void CheckPartial(INamedTypeSymbol type, Shape shape, ImmutableArray<DiagnosticModel>.Builder diagnostics)
    {
        IEnumerable<INamedTypeSymbol> chain = shape == Shape.Enum ? Symbols.Containers(type) : [.. Symbols.Containers(type), type];
        foreach (INamedTypeSymbol part in chain)
        {
            if (!Symbols.IsPartial(part)) diagnostics.Add(DiagnosticModel.At(type, Diagnostics.NotPartial, part.Name, type.Name));
        }
    }

    /// <summary>Those of C#, then those that attributes add.</summary>
    private static IEnumerable<ParameterModel> Parameters(INamedTypeSymbol type) => type.TypeParameters
        .Select(static parameter => new ParameterModel(parameter.Name, parameter.Name))
        .Concat(type.GetAttributes()
            .Where(static attribute => attribute.AttributeClass?.ToDisplayString() == KnownNames.ScaleParameterAttribute)
            .Select(static attribute => attribute.ConstructorArguments)
            .Where(static arguments => arguments.Length == 2 && arguments[0].Value is string && arguments[1].Value is ITypeSymbol)
            .Select(static arguments => new ParameterModel((string)arguments[0].Value!, Symbols.FullName((ITypeSymbol)arguments[1].Value!))));

    private static ImmutableArray<string> PathOf(INamedTypeSymbol type)
    {
        if (Symbols.TextArgument(type, KnownNames.ScaleAttribute) is { } given) return [.. given.Split(["::"], StringSplitOptions.RemoveEmptyEntries)];
        IEnumerable<string> modules = type.ContainingNamespace.IsGlobalNamespace ? [] : type.ContainingNamespace.ToDisplayString().Split('.');
        return [.. modules.Concat(Symbols.Containers(type).Select(static container => container.Name)).Select(RustNames.SnakeCase), type.Name];
    }
}
