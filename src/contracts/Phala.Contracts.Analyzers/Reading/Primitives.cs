using Microsoft.CodeAnalysis;
using Phala.Contracts.Analyzers.Model;

namespace Phala.Contracts.Analyzers.Reading;

/// <summary>Types that have a form of their own.</summary>
internal static class Primitives
{
    /// <summary>The form of a type; null where it has none of its own.</summary>
    internal static TypeModel? Find(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Boolean => Number("bool", "bool", 1),
        SpecialType.System_Byte => Number("byte", "u8", 1),
        SpecialType.System_SByte => Number("sbyte", "i8", 1),
        SpecialType.System_UInt16 => Number("ushort", "u16", 2),
        SpecialType.System_Int16 => Number("short", "i16", 2),
        SpecialType.System_UInt32 => Number("uint", "u32", 4),
        SpecialType.System_Int32 => Number("int", "i32", 4),
        SpecialType.System_UInt64 => Number("ulong", "u64", 8),
        SpecialType.System_Int64 => Number("long", "i64", 8),
        SpecialType.System_String => TypeModel.Plain(TypeShape.Primitive, "string", "String", -1, 1),
        _ => type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat) switch
        {
            "System.UInt128" => Number("global::System.UInt128", "u128", 16),
            "System.Int128" => Number("global::System.Int128", "i128", 16),
            KnownNames.AccountId => TypeModel.Plain(TypeShape.AccountId, "global::" + KnownNames.AccountId, "AccountId", 32, 32),
            KnownNames.Hash => TypeModel.Plain(TypeShape.Hash, "global::" + KnownNames.Hash, "Hash", 32, 32),
            _ => null,
        },
    };

    /// <summary>What to use instead of a type.</summary>
    internal static string Advice(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal => "floating point is not the same on every machine; count smaller units in a whole number",
        SpecialType.System_Char => "use string, or ushort",
        SpecialType.System_DateTime => "use ulong: milliseconds since 1970, as Now is",
        _ when type.Name is "List" or "IReadOnlyList" or "IEnumerable" or "IList" or "ImmutableArray" => "use an array",
        _ when type.Name is "Dictionary" or "IDictionary" or "HashSet" => "use an array of tuples, or a Map in storage",
        _ => "use a positional record, an enum, an array, a tuple or a number",
    };

    private static TypeModel Number(string csharp, string rust, int size) => TypeModel.Plain(TypeShape.Primitive, csharp, rust, size, size);
}
