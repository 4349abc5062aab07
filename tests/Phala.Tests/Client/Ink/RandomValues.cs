using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json.Nodes;
using Phala.Codec.TypeInfo;

namespace Phala.Tests.Client.Ink;

/// <summary>Random types, and random values of them: as JSON, and as the bytes that a second, naive encoder makes.</summary>
internal sealed class RandomValues(int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<TypeDescription> _types = [];

    public TypeRegistry Types => new(_types);

    /// <summary>How many kinds of types were made.</summary>
    public IEnumerable<string> Kinds => _types.Select(type => type.Path.Count > 0 ? type.Path[^1] : type.Definition.GetType().Name);

    /// <summary>A new type's id.</summary>
    public int Type(int depth)
    {
        TypeDescription made = _random.Next(depth > 0 ? 9 : 3) switch
        {
            0 or 1 => Named("", new TypeDefinition.Simple((Primitive)_random.Next(15))),
            2 => Named("", new TypeDefinition.Compact(Add(Named("", new TypeDefinition.Simple((Primitive)((int)Primitive.U8 + _random.Next(6))))))),
            3 => Named("", new TypeDefinition.Sequence(Type(depth - 1))),
            4 => Named("", new TypeDefinition.Array((uint)_random.Next(4), Type(depth - 1))),
            5 => Named("", new TypeDefinition.Tuple([.. Enumerable.Range(0, _random.Next(4)).Select(_ => Type(depth - 1))])),
            6 => Named("Record", new TypeDefinition.Composite(Fields(depth))),
            7 => Named("Option", new TypeDefinition.Variant([new("None", [], 0, []), new("Some", [TypeField.Unnamed(Type(depth - 1))], 1, [])])),
            _ => Named("Choice", new TypeDefinition.Variant([.. Enumerable.Range(0, 1 + _random.Next(3)).Select(at => new TypeVariant($"V{at}", Fields(depth), (byte)(at * 3), []))])),
        };
        return Add(made);
    }

    /// <summary>A value of a type.</summary>
    public JsonNode? Value(int id, List<byte> bytes)
    {
        TypeDescription type = _types[id];
        switch (type.Definition)
        {
            case TypeDefinition.Simple simple:
                return Simple(simple.Kind, bytes);
            case TypeDefinition.Compact compact:
                Primitive kind = ((TypeDefinition.Simple)_types[compact.Inner].Definition).Kind;
                BigInteger number = Number(1 << (kind - Primitive.U8), isSigned: false);
                bytes.AddRange(CompactOf(number));
                return Json(number, kind <= Primitive.U32);
            case TypeDefinition.Sequence sequence:
                int count = _random.Next(4);
                bytes.AddRange(CompactOf(count));
                return Elements(sequence.Element, count, bytes);
            case TypeDefinition.Array array:
                return Elements(array.Element, (int)array.Length, bytes);
            case TypeDefinition.Tuple tuple:
                return List(tuple.Elements, bytes);
            case TypeDefinition.Composite composite:
                return composite.Fields is [{ Name: null } only] ? Value(only.Type, bytes) : Members(composite.Fields, bytes);
            default:
                return OneOf(type, (TypeDefinition.Variant)type.Definition, bytes);
        }
    }

    private JsonNode? OneOf(TypeDescription type, TypeDefinition.Variant variant, List<byte> bytes)
    {
        TypeVariant chosen = variant.Variants[_random.Next(variant.Variants.Count)];
        bytes.Add(chosen.Index);
        if (type.Path[^1] == "Option")
        {
            if (chosen.Index == 0) return null;
            JsonNode? inner = Value(chosen.Fields[0].Type, bytes);
            return inner is null || (inner is JsonObject { Count: 1 } record && record.ContainsKey("Some")) ? new JsonObject { ["Some"] = new JsonArray(inner) } : inner;
        }

        return chosen.Fields.Count == 0 ? JsonValue.Create(chosen.Name) : new JsonObject { [chosen.Name] = Members(chosen.Fields, bytes) };
    }

    private JsonNode? Members(IReadOnlyList<TypeField> fields, List<byte> bytes)
    {
        if (fields.Count == 0 || fields[0].Name is null) return List([.. fields.Select(field => field.Type)], bytes);
        JsonObject record = [];
        foreach (TypeField field in fields) record[field.Name!] = Value(field.Type, bytes);
        return record;
    }

    private JsonArray? List(IReadOnlyList<int> types, List<byte> bytes) => types.Count == 0 ? null : new JsonArray([.. types.Select(type => Value(type, bytes))]);

    private JsonNode Elements(int element, int count, List<byte> bytes)
    {
        if (_types[element].Definition is not TypeDefinition.Simple { Kind: Primitive.U8 }) return new JsonArray([.. Enumerable.Range(0, count).Select(_ => Value(element, bytes))]);
        byte[] made = new byte[count];
        _random.NextBytes(made);
        bytes.AddRange(made);
        return JsonValue.Create("0x" + Convert.ToHexStringLower(made));
    }

    private JsonNode Simple(Primitive kind, List<byte> bytes)
    {
        if (kind == Primitive.Bool)
        {
            bytes.Add((byte)_random.Next(2));
            return bytes[^1] == 1;
        }

        if (kind is Primitive.Char or Primitive.Str)
        {
            string text = ((string[])["a", "é", "😀", "\""])[_random.Next(4)];
            bytes.AddRange(kind == Primitive.Char ? BitConverter.GetBytes(char.ConvertToUtf32(text, 0)) : [(byte)(Encoding.UTF8.GetByteCount(text) << 2), .. Encoding.UTF8.GetBytes(text)]);
            return text;
        }

        bool isSigned = kind >= Primitive.I8;
        int size = 1 << (kind - (isSigned ? Primitive.I8 : Primitive.U8));
        BigInteger number = Number(size, isSigned);
        for (int at = 0; at < size; at++) bytes.Add((byte)((number >> (8 * at)) & 0xff));
        return Json(number, size <= 4);
    }

    /// <summary>A number of any length up to the type's; compact ones of 256 bits have at most 128 here.</summary>
    private BigInteger Number(int size, bool isSigned)
    {
        byte[] made = new byte[1 + _random.Next(Math.Min(size, 16))];
        _random.NextBytes(made);
        return new BigInteger(made, isUnsigned: !isSigned);
    }

    private static JsonValue Json(BigInteger number, bool isNumber) => isNumber ? JsonValue.Create((long)number) : JsonValue.Create(number.ToString(CultureInfo.InvariantCulture));

    private static byte[] CompactOf(BigInteger number)
    {
        if (number < 1 << 6) return [(byte)(number << 2)];
        if (number < 1 << 14) return BitConverter.GetBytes((ushort)((number << 2) | 1));
        if (number < 1 << 30) return BitConverter.GetBytes((uint)((number << 2) | 2));
        byte[] bytes = number.ToByteArray(isUnsigned: true);
        return [(byte)(((bytes.Length - 4) << 2) | 3), .. bytes];
    }

    private List<TypeField> Fields(int depth)
    {
        bool isNamed = _random.Next(2) == 0;
        return [.. Enumerable.Range(0, _random.Next(4)).Select(at => new TypeField(isNamed ? at == 0 ? "Some" : $"f{at}" : null, Type(depth - 1), null, []))];
    }

    private static TypeDescription Named(string name, TypeDefinition definition) => new(name.Length == 0 ? [] : [name], [], definition, []);

    private int Add(TypeDescription type)
    {
        _types.Add(type);
        return _types.Count - 1;
    }
}
