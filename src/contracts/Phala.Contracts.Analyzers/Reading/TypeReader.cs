using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Phala.Codec.Generator.Model;
using Phala.Codec.Generator.Reading;
using Phala.Contracts.Analyzers.Model;

namespace Phala.Contracts.Analyzers.Reading;

/// <summary>Makes models of types, or says why one has no encoding.</summary>
internal sealed class TypeReader
{
    private readonly List<ITypeSymbol> _open = [];

    /// <summary>Why the last type has no encoding.</summary>
    internal string Problem { get; private set; } = "";

    /// <summary>Reads a type; null where it has no encoding.</summary>
    internal TypeModel? Read(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable) return Option(type, nullable.TypeArguments[0]) is { } option ? option with { IsValueOption = true } : null;
        if (type.IsReferenceType && type.NullableAnnotation == NullableAnnotation.Annotated) return Option(type, type.WithNullableAnnotation(NullableAnnotation.NotAnnotated));
        if (Primitives.Find(type) is { } primitive) return primitive;
        switch (type)
        {
            case IArrayTypeSymbol { Rank: 1 } array:
                return Read(array.ElementType) is { } element
                    ? new TypeModel(TypeShape.Sequence, Symbols.FullName(type), $"Vec<{element.Rust}>", -1, 1, Parts([element]), default, default, default)
                    : null;
            case INamedTypeSymbol { IsTupleType: true } tuple:
                return Tuple(tuple);
            case INamedTypeSymbol { TypeKind: TypeKind.Enum } members:
                return Enum(members);
            case INamedTypeSymbol { IsRecord: true, IsGenericType: false } record:
                return Record(record);
            default:
                return Refuse(Primitives.Advice(type));
        }
    }

    /// <summary>Reads an enum; null where its members' numbers are no bytes, or some are the same.</summary>
    internal TypeModel? Enum(INamedTypeSymbol type)
    {
        IFieldSymbol[] members = [.. type.GetMembers().OfType<IFieldSymbol>().Where(static field => field.HasConstantValue)];
        long[] numbers = [.. members.Select(static member => member.ConstantValue is ulong large ? -(long)(large >> 1) : Convert.ToInt64(member.ConstantValue, System.Globalization.CultureInfo.InvariantCulture))];
        if (members.Length == 0 || numbers.Any(static number => number is < 0 or > 255) || numbers.Distinct().Count() != numbers.Length) return Refuse("members of an enum need numbers from 0 to 255, each another");
        ImmutableArray<CaseModel> cases = [.. members.Zip(numbers, static (member, number) => new CaseModel(member.Name, (int)number, new(Documentation.Summary(member)))).OrderBy(static each => each.Index)];
        return new TypeModel(TypeShape.Enum, Symbols.FullName(type), type.Name, 1, 1, default, new(cases), Path(type), new(Documentation.Summary(type)));
    }

    /// <summary>The parameters of a positional record that has nothing else; null where there is something else.</summary>
    internal static ImmutableArray<IParameterSymbol>? Positions(INamedTypeSymbol record)
    {
        IMethodSymbol? constructor = record.InstanceConstructors.FirstOrDefault(static each => each.Parameters.Length > 0
            && each.DeclaringSyntaxReferences.Any(static reference => reference.GetSyntax() is Microsoft.CodeAnalysis.CSharp.Syntax.RecordDeclarationSyntax));
        if (constructor is null)
        {
            // From another assembly: the constructor whose parameters are the properties.
            constructor = record.InstanceConstructors.Where(static each => each.Parameters.Length > 0)
                .FirstOrDefault(each => each.DeclaringSyntaxReferences.Length == 0 && each.Parameters.All(parameter => record.GetMembers(parameter.Name).OfType<IPropertySymbol>().Any()));
        }

        bool isWhole = constructor is not null && record.BaseType?.SpecialType is SpecialType.System_Object or SpecialType.System_ValueType
            && Symbols.State(record).All(state => state is IPropertySymbol && constructor!.Parameters.Any(parameter => parameter.Name == state.Name));
        return isWhole ? constructor!.Parameters : null;
    }

    private TypeModel? Option(ITypeSymbol type, ITypeSymbol inner) =>
        Read(inner) is { } element ? new TypeModel(TypeShape.Option, Symbols.FullName(type), $"Option<{element.Rust}>", -1, 1, Parts([element]), default, default, default) : null;

    private TypeModel? Tuple(INamedTypeSymbol type)
    {
        ImmutableArray<TypeModel>.Builder parts = ImmutableArray.CreateBuilder<TypeModel>();
        foreach (IFieldSymbol field in type.TupleElements)
        {
            if (Read(field.Type) is not { } part) return null;
            parts.Add(part);
        }

        return new TypeModel(TypeShape.Tuple, Symbols.FullName(type), $"({string.Join(", ", parts.Select(static part => part.Rust))})", Sum(parts), parts.Sum(static part => part.Least), Parts(parts), default, default, default);
    }

    private TypeModel? Record(INamedTypeSymbol type)
    {
        if (_open.Contains(type, SymbolEqualityComparer.Default)) return Refuse($"'{type.Name}' contains itself");
        if (Positions(type) is not { } positions) return Refuse($"'{type.Name}' must be a positional record with nothing but its parameters");
        _open.Add(type);
        ImmutableArray<PartModel>.Builder fields = ImmutableArray.CreateBuilder<PartModel>();
        foreach (IParameterSymbol position in positions)
        {
            if (Read(position.Type) is not { } field)
            {
                _open.Remove(type);
                return null;
            }

            fields.Add(new PartModel(position.Name, field, new(Documentation.Parameter(type, position.Name))));
        }

        _open.Remove(type);
        TypeModel[] parts = [.. fields.Select(static field => field.Type)];
        return new TypeModel(
            TypeShape.Record, Symbols.FullName(type), type.Name, Sum(parts), parts.Sum(static part => part.Least), new(fields.ToImmutable()), default, Path(type), new(Documentation.Summary(type)));
    }

    private TypeModel? Refuse(string problem)
    {
        Problem = problem;
        return null;
    }

    private static int Sum(IReadOnlyList<TypeModel> parts) => parts.Any(static part => part.Size < 0) ? -1 : parts.Sum(static part => part.Size);

    private static EquatableArray<PartModel> Parts(IEnumerable<TypeModel> types) => new([.. types.Select(static type => new PartModel("", type))]);

    private static EquatableArray<string> Path(INamedTypeSymbol type) => new([.. type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat).Split('.')]);
}
