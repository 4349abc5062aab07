using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json.Nodes;
using Phala.Codec;
using Phala.Codec.TypeInfo;
using Phala.Crypto.Keys;
using Phala.Runtime.Interface;

namespace Phala.Client.Contracts.Ink;

/// <summary>Reads SCALE as JSON values, by their types.</summary>
/// <param name="types">The types.</param>
internal sealed class ValueReader(TypeRegistry types)
{
    private const int AccountLength = 32;

    /// <summary>Values without bytes cost no input, and so their number is bounded besides.</summary>
    private const int MostValues = 1 << 18;

    private readonly TypeNames _names = new(types);
    private int _valuesLeft = MostValues;

    /// <summary>Reads a value.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="id">Its type.</param>
    /// <param name="depth">How many levels it may have.</param>
    /// <param name="value">It.</param>
    /// <returns>What is wrong, or null.</returns>
    internal ValueFault? Read(ref ScaleReader reader, int id, int depth, out JsonNode? value)
    {
        value = null;
        if (depth <= 0) return new ValueFault("", "a value of fewer levels", "one of more");
        if (--_valuesLeft < 0) return new ValueFault("", string.Create(CultureInfo.InvariantCulture, $"a value of at most {MostValues} parts"), "one of more");
        TypeDescription type = types.Types[id];
        if (_names.IsAccount(type)) return ReadAccount(ref reader, out value);
        if (TypeNames.IsOption(type, out int some)) return ReadOption(ref reader, some, depth, out value);
        return type.Definition switch
        {
            TypeDefinition.Simple simple => ReadSimple(ref reader, simple.Kind, out value),
            TypeDefinition.Compact compact => ReadCompact(ref reader, compact.Inner, out value),
            TypeDefinition.Sequence sequence => ReadSequence(ref reader, id, sequence.Element, depth, out value),
            TypeDefinition.Array array => ReadArray(ref reader, array, depth, out value),
            TypeDefinition.Tuple tuple => ReadAll(ref reader, tuple.Elements, depth, out value),
            TypeDefinition.Composite composite => ReadFields(ref reader, composite.Fields, depth, out value),
            TypeDefinition.Variant variant => ReadVariant(ref reader, id, variant, depth, out value),
            _ => new ValueFault("", "a type that has values in JSON", "bits"),
        };
    }

    private static ValueFault? ReadSimple(ref ScaleReader reader, Primitive kind, out JsonNode? value)
    {
        value = null;
        if (IntegerKind.TryOf(kind, out IntegerKind integers))
        {
            if (!reader.TryReadSpan(integers.Size, out ReadOnlySpan<byte> bytes)) return Not(TypeNames.Of(kind), ref reader);
            value = Node(integers, integers.Of(bytes));
            return null;
        }

        switch (kind)
        {
            case Primitive.Bool when reader.TryReadBool(out bool flag):
                value = JsonValue.Create(flag);
                return null;
            case Primitive.Char when reader.TryReadRune(out Rune rune):
                value = JsonValue.Create(rune.ToString());
                return null;
            case Primitive.Str when reader.TryReadString(out string? text):
                value = JsonValue.Create(text);
                return null;
            default:
                return Not(TypeNames.Of(kind), ref reader);
        }
    }

    private static JsonValue Node(IntegerKind integers, BigInteger integer) => integers.IsNumber ? JsonValue.Create((long)integer) : JsonValue.Create(integer.ToString(CultureInfo.InvariantCulture));

    private ValueFault? ReadCompact(ref ScaleReader reader, int inner, out JsonNode? value)
    {
        value = null;
        if (_names.Core(inner) is not TypeDefinition.Simple simple || !IntegerKind.TryOf(simple.Kind, out IntegerKind integers) || integers.IsSigned) return new ValueFault("", "a compact form of an unsigned integer", "another");
        if (!reader.TryReadCompactUInt256(out UInt256 integer) || integer.BitLength > 8 * integers.Size) return Not($"Compact<{TypeNames.Of(simple.Kind)}>", ref reader);
        value = Node(integers, integer);
        return null;
    }

    private static ValueFault? ReadAccount(ref ScaleReader reader, out JsonNode? value)
    {
        value = null;
        if (!reader.TryReadSpan(AccountLength, out ReadOnlySpan<byte> account)) return Not("AccountId", ref reader);
        value = JsonValue.Create(Ss58.Encode(account, FrameSystem.Ss58Prefix));
        return null;
    }

    /// <summary>What could be taken for none, or for the wrapping itself, is wrapped.</summary>
    private ValueFault? ReadOption(ref ScaleReader reader, int some, int depth, out JsonNode? value)
    {
        value = null;
        if (!reader.TryReadOption(out bool isSome)) return Not("an option", ref reader);
        if (!isSome) return null;
        if (Read(ref reader, some, depth - 2, out JsonNode? inner) is { } fault) return fault;
        bool isAmbiguous = inner is null || (inner is JsonObject { Count: 1 } record && record.ContainsKey("Some"));
        value = isAmbiguous ? new JsonObject { ["Some"] = new JsonArray(inner) } : inner;
        return null;
    }

    private ValueFault? ReadSequence(ref ScaleReader reader, int id, int element, int depth, out JsonNode? value)
    {
        value = null;
        if (_names.IsByte(element))
        {
            if (!reader.TryReadByteSequence(out ReadOnlySpan<byte> bytes)) return Not("Vec<u8>", ref reader);
            value = JsonValue.Create(Hex.Format(bytes));
            return null;
        }

        return reader.TryReadLength(0, out int count) ? ReadElements(ref reader, element, (uint)count, depth, out value) : Not(_names.Of(id), ref reader);
    }

    private ValueFault? ReadArray(ref ScaleReader reader, TypeDefinition.Array array, int depth, out JsonNode? value)
    {
        value = null;
        if (!_names.IsByte(array.Element)) return ReadElements(ref reader, array.Element, array.Length, depth, out value);
        if (array.Length > int.MaxValue || !reader.TryReadSpan((int)array.Length, out ReadOnlySpan<byte> bytes)) return Not($"[u8; {array.Length}]", ref reader);
        value = JsonValue.Create(Hex.Format(bytes));
        return null;
    }

    private ValueFault? ReadElements(ref ScaleReader reader, int element, uint count, int depth, out JsonNode? value)
    {
        JsonArray list = [];
        value = list;
        for (uint at = 0; at < count; at++)
        {
            if (Read(ref reader, element, depth - 1, out JsonNode? item) is { } fault) return fault.In(string.Create(CultureInfo.InvariantCulture, $"[{at}]"));
            list.Add(item);
        }

        return null;
    }

    private ValueFault? ReadAll(ref ScaleReader reader, IReadOnlyList<int> elements, int depth, out JsonNode? value)
    {
        value = null;
        if (elements.Count == 0) return null;
        JsonArray list = [];
        value = list;
        for (int at = 0; at < elements.Count; at++)
        {
            if (Read(ref reader, elements[at], depth - 1, out JsonNode? item) is { } fault) return fault.In(string.Create(CultureInfo.InvariantCulture, $"[{at}]"));
            list.Add(item);
        }

        return null;
    }

    private ValueFault? ReadFields(ref ScaleReader reader, IReadOnlyList<TypeField> fields, int depth, out JsonNode? value)
    {
        if (fields is [{ Name: null } only]) return Read(ref reader, only.Type, depth - 1, out value);
        return fields.Any(field => field.Name is null) || fields.Count == 0
            ? ReadAll(ref reader, [.. fields.Select(field => field.Type)], depth, out value)
            : ReadNamed(ref reader, fields, depth, out value);
    }

    private ValueFault? ReadNamed(ref ScaleReader reader, IReadOnlyList<TypeField> fields, int depth, out JsonNode? value)
    {
        JsonObject record = [];
        value = record;
        foreach (TypeField field in fields)
        {
            if (Read(ref reader, field.Type, depth - 1, out JsonNode? member) is { } fault) return fault.In("." + field.Name);
            record[field.Name!] = member;
        }

        return null;
    }

    private ValueFault? ReadVariant(ref ScaleReader reader, int id, TypeDefinition.Variant type, int depth, out JsonNode? value)
    {
        value = null;
        if (!reader.TryReadByte(out byte index)) return Not(_names.Of(id), ref reader);
        if (type.Variants.FirstOrDefault(variant => variant.Index == index) is not { } found) return new ValueFault("", _names.Of(id), string.Create(CultureInfo.InvariantCulture, $"a variant {index}"));
        if (found.Fields.Count == 0)
        {
            value = JsonValue.Create(found.Name);
            return null;
        }

        JsonNode? content;
        bool isNamed = found.Fields.All(field => field.Name is not null);
        ValueFault? fault = isNamed ? ReadNamed(ref reader, found.Fields, depth - 1, out content) : ReadAll(ref reader, [.. found.Fields.Select(field => field.Type)], depth - 1, out content);
        value = new JsonObject { [found.Name] = content };
        return fault?.In("." + found.Name);
    }

    private static ValueFault Not(string expected, ref ScaleReader reader) => new(
        "", expected, reader.Error == ScaleError.None ? "another value" : string.Create(CultureInfo.InvariantCulture, $"what the bytes have from {reader.ErrorPosition} on ({reader.Error})"));
}
