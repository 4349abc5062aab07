using System.Text;
using Phala.Contracts.Analyzers.Model;

namespace Phala.Contracts.Analyzers.Emission;

/// <summary>Pieces of code that encode, decode and make values of a type.</summary>
internal static class TypeCode
{
    /// <summary>The class that holds what is generated for types with parts.</summary>
    internal const string Codecs = "global::Phala.Contracts.Generated.Codecs";

    /// <summary>A statement that writes a value.</summary>
    internal static string Write(TypeModel type, string output, string value) =>
        type.Shape == TypeShape.Primitive || type.IsBytes || type.Shape is TypeShape.AccountId or TypeShape.Hash
            ? $"{output}.Write{Verb(type)}({value});"
            : $"{Codecs}.Write{Identifier(type)}({output}, {value});";

    /// <summary>An expression that reads a value.</summary>
    internal static string Read(TypeModel type, string input) =>
        type.Shape == TypeShape.Primitive || type.IsBytes || type.Shape is TypeShape.AccountId or TypeShape.Hash ? $"{input}.Read{Verb(type)}()" : $"{Codecs}.Read{Identifier(type)}({input})";

    /// <summary>An expression for what a value is before it is set.</summary>
    internal static string Absent(TypeModel type) => type.Shape switch
    {
        TypeShape.Primitive when type.Rust == "String" => "\"\"",
        TypeShape.Sequence => NewArray(type, "0"),
        TypeShape.Tuple => $"({string.Join(", ", type.Parts.Select(static part => Absent(part.Type)))})",
        TypeShape.Record => $"new {type.CSharp}({string.Join(", ", type.Parts.Select(static part => Absent(part.Type)))})",
        TypeShape.Enum => $"({type.CSharp}){type.Cases[0].Index}",
        _ => $"default({type.CSharp})",
    };

    /// <summary>An expression that makes an array.</summary>
    internal static string NewArray(TypeModel type, string count)
    {
        string element = type.Element.CSharp;
        int rank = element.IndexOf("[]", StringComparison.Ordinal);
        bool isArray = type.Element.Shape == TypeShape.Sequence && rank >= 0;
        return isArray ? $"new {element.Substring(0, rank)}[{count}]{element.Substring(rank)}" : $"new {element}[{count}]";
    }

    /// <summary>The type's name as a part of a method's name.</summary>
    internal static string Identifier(TypeModel type)
    {
        if (type.Shape is TypeShape.Record or TypeShape.Enum) return string.Join("_", type.Path.Select(Letters));
        if (type.Shape == TypeShape.Primitive || type.Parts.Count == 0) return Letters(type.Rust);
        string parts = string.Join("_", type.Parts.Select(static part => Identifier(part.Type)));
        return $"{type.Shape}{type.Parts.Count}_{parts}";
    }

    /// <summary>Underscores are doubled: single ones stand between parts.</summary>
    private static string Letters(string text)
    {
        StringBuilder letters = new();
        foreach (char letter in text) letters.Append(letter == '_' ? "__" : char.IsLetterOrDigit(letter) ? letter.ToString() : "_");
        return letters.ToString();
    }

    private static string Verb(TypeModel type) => type.IsBytes ? "Bytes" : type.Rust switch
    {
        "bool" => "Boolean",
        "u8" => "Byte",
        "i8" => "SByte",
        "AccountId" or "Hash" or "String" => type.Rust,
        _ when type.Rust[0] == 'u' => "UInt" + type.Rust.Substring(1),
        _ => "Int" + type.Rust.Substring(1),
    };
}
