using System.Text;
using Phala.Codec.TypeInfo;

namespace Phala.Client.Contracts.Ink;

/// <summary>Types as Rust writes them, and what people's values go by: which types are bytes, accounts and options.</summary>
/// <param name="types">The types.</param>
internal sealed class TypeNames(TypeRegistry types)
{
    /// <summary>A name that would be longer is cut: types may be made of types without end.</summary>
    private const int MostLetters = 100, MostDepth = 16;

    /// <summary>The name of a primitive type.</summary>
    internal static string Of(Primitive kind) => kind switch
    {
        Primitive.Bool => "bool",
        Primitive.Char => "char",
        Primitive.Str => "str",
        Primitive.U8 => "u8",
        Primitive.U16 => "u16",
        Primitive.U32 => "u32",
        Primitive.U64 => "u64",
        Primitive.U128 => "u128",
        Primitive.U256 => "u256",
        Primitive.I8 => "i8",
        Primitive.I16 => "i16",
        Primitive.I32 => "i32",
        Primitive.I64 => "i64",
        Primitive.I128 => "i128",
        _ => "i256",
    };

    /// <summary>The name of a type.</summary>
    internal string Of(int type)
    {
        StringBuilder text = new();
        Append(text, type, MostDepth);
        return text.Length <= MostLetters ? text.ToString() : text.ToString(0, MostLetters) + "…";
    }

    /// <summary>A type without what it is wrapped in: records of one field without a name.</summary>
    internal TypeDefinition Core(int type)
    {
        TypeDefinition definition = types.Types[type].Definition;
        for (int left = MostDepth; left > 0 && definition is TypeDefinition.Composite { Fields: [{ Name: null } only] }; left--) definition = types.Types[only.Type].Definition;
        return definition;
    }

    /// <summary>Whether values of a type are single bytes.</summary>
    internal bool IsByte(int type) => types.Types[type].Definition is TypeDefinition.Simple { Kind: Primitive.U8 };

    /// <summary>Whether values of a type are accounts, which people write as addresses.</summary>
    internal bool IsAccount(TypeDescription type) =>
        type.Path is [.., "AccountId" or "AccountId32"] && type.Definition is TypeDefinition.Composite { Fields: [var only] } && types.Types[only.Type].Definition is TypeDefinition.Array { Length: 32 } array && IsByte(array.Element);

    /// <summary>Whether a type is Rust's option, and of what.</summary>
    internal static bool IsOption(TypeDescription type, out int some)
    {
        bool isOption = type is { Path: ["Option"], Definition: TypeDefinition.Variant { Variants: [{ Name: "None", Index: 0, Fields: [] }, { Name: "Some", Index: 1, Fields: [{ Name: null }] }] } };
        some = isOption ? ((TypeDefinition.Variant)type.Definition).Variants[1].Fields[0].Type : 0;
        return isOption;
    }

    private void Append(StringBuilder text, int id, int depth)
    {
        if (text.Length > MostLetters) return;
        TypeDescription type = types.Types[id];
        if (depth == 0) text.Append('…');
        else if (IsOption(type, out int some)) Append(text, "Option<", [some], ">", depth);
        else if (type is { Path: ["Result"], Definition: TypeDefinition.Variant { Variants: [{ Fields: [var ok] }, { Fields: [var error] }] } }) Append(text, "Result<", [ok.Type, error.Type], ">", depth);
        else if (type.Path.Count > 0) text.Append(type.Path[^1]);
        else AppendAnonymous(text, type.Definition, depth);
    }

    private void AppendAnonymous(StringBuilder text, TypeDefinition definition, int depth)
    {
        switch (definition)
        {
            case TypeDefinition.Simple simple: text.Append(Of(simple.Kind)); break;
            case TypeDefinition.Sequence sequence: Append(text, "Vec<", [sequence.Element], ">", depth); break;
            case TypeDefinition.Array array: Append(text, "[", [array.Element], $"; {array.Length}]", depth); break;
            case TypeDefinition.Tuple tuple: Append(text, "(", tuple.Elements, ")", depth); break;
            case TypeDefinition.Compact compact: Append(text, "Compact<", [compact.Inner], ">", depth); break;
            case TypeDefinition.BitSequence: text.Append("bits"); break;
            case TypeDefinition.Composite composite: Append(text, "{", [.. composite.Fields.Take(MostLetters).Select(field => field.Type)], "}", depth); break;
            default: text.Append("enum"); break;
        }
    }

    private void Append(StringBuilder text, string begin, IReadOnlyList<int> parts, string end, int depth)
    {
        text.Append(begin);
        for (int at = 0; at < parts.Count && text.Length <= MostLetters; at++)
        {
            if (at > 0) text.Append(", ");
            Append(text, parts[at], depth - 1);
        }

        text.Append(end);
    }
}
