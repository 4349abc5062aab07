using System.Text.Json.Nodes;
using Phala.Codec;
using Phala.Codec.TypeInfo;
using Phala.Crypto.Keys;

namespace Phala.Node.Inspect.Metadata;

/// <summary>Decodes values whose types metadata describes, as a tree of names and values. Any bytes and any types give an answer, with work bounded by the length of the bytes.</summary>
/// <param name="types">The types.</param>
/// <param name="addressPrefix">The network's prefix, in which accounts are written.</param>
public sealed class ValueDecoder(TypeRegistry types, int addressPrefix)
{
    private const int ValuesPerByte = 16, FreeValues = 4096, AccountLength = 32;

    private readonly Dictionary<int, bool> _isEmpty = [];
    private int _valuesLeft = FreeValues;

    /// <summary>Why the last value could not be read; null if it could.</summary>
    public ValueFault? Fault { get; private set; }

    /// <summary>Decodes a value that fills the bytes.</summary>
    public bool TryDecode(ReadOnlySpan<byte> bytes, int type, out JsonNode? value)
    {
        ScaleReader reader = new(bytes);
        return TryRead(ref reader, type, out value) && (reader.TryFinish() || Note(reader));
    }

    /// <summary>Decodes the value that the reader is at.</summary>
    public bool TryRead(ref ScaleReader reader, int type, out JsonNode? value)
    {
        Fault = null;
        _valuesLeft = (int)Math.Min(int.MaxValue, FreeValues + ((long)reader.Rest.Length * ValuesPerByte));
        return Decode(ref reader, type, out value) || Note(reader);
    }

    private bool Note(in ScaleReader reader)
    {
        Fault ??= new ValueFault(ValueError.BadEncoding, reader.ErrorPosition, $"{reader.Error}");
        return false;
    }

    private bool Fail(in ScaleReader reader, ValueError error, string detail)
    {
        Fault ??= new ValueFault(error, reader.Position, detail);
        return false;
    }

    private bool Decode(ref ScaleReader reader, int id, out JsonNode? value)
    {
        value = null;
        if ((uint)id >= (uint)types.Types.Count) return Fail(reader, ValueError.UnknownType, $"the metadata has no type {id}");
        if (_valuesLeft-- <= 0) return Fail(reader, ValueError.TooMany, "few bytes stand for a great many values");
        if (!reader.TryEnter()) return false;
        TypeDescription type = types.Types[id];
        bool isRead = type.Definition switch
        {
            TypeDefinition.Composite composite => DecodeComposite(ref reader, type, composite.Fields, out value),
            TypeDefinition.Variant variant => DecodeVariant(ref reader, type, variant.Variants, out value),
            TypeDefinition.Sequence sequence => DecodeSequence(ref reader, sequence.Element, out value),
            TypeDefinition.Array array => DecodeArray(ref reader, array, out value),
            TypeDefinition.Tuple tuple => DecodeTuple(ref reader, tuple.Elements, out value),
            TypeDefinition.Simple simple => DecodePrimitive(ref reader, simple.Kind, out value),
            TypeDefinition.Compact compact => DecodeCompact(ref reader, compact.Inner, out value),
            TypeDefinition.BitSequence bits => DecodeBits(ref reader, bits, out value),
            _ => false,
        };
        reader.Leave();
        return isRead;
    }

    private bool DecodeComposite(ref ScaleReader reader, TypeDescription type, IReadOnlyList<TypeField> fields, out JsonNode? value)
    {
        ReadOnlySpan<byte> rest = reader.Rest;
        if (!DecodeFields(ref reader, fields, out value)) return false;
        if (type.Path is [.., "AccountId32"] && rest.Length - reader.Rest.Length == AccountLength) value = Ss58.Encode(rest[..AccountLength], addressPrefix);
        return true;
    }

    /// <summary>A single field without a name is its value, several are a list, named ones an object.</summary>
    private bool DecodeFields(ref ScaleReader reader, IReadOnlyList<TypeField> fields, out JsonNode? value)
    {
        value = null;
        if (fields.Count == 0) return true;
        if (fields is [{ Name: null } single]) return Decode(ref reader, single.Type, out value);
        if (fields[0].Name is null) return DecodeTuple(ref reader, [.. fields.Select(field => field.Type)], out value);
        JsonObject named = [];
        foreach (TypeField field in fields)
        {
            if (!Decode(ref reader, field.Type, out JsonNode? item)) return false;
            named[field.Name ?? ""] = item;
        }

        value = named;
        return true;
    }

    private bool DecodeVariant(ref ScaleReader reader, TypeDescription type, IReadOnlyList<TypeVariant> variants, out JsonNode? value)
    {
        value = null;
        if (!reader.TryReadByte(out byte index)) return false;
        TypeVariant? variant = variants.FirstOrDefault(each => each.Index == index);
        if (variant is null) return reader.FailAt(ScaleError.UnknownVariant, reader.Position - 1);
        if (!DecodeFields(ref reader, variant.Fields, out JsonNode? fields)) return false;
        if (type.Path is ["Option"]) value = fields;
        else value = variant.Fields.Count == 0 ? JsonValue.Create(variant.Name) : new JsonObject { [variant.Name] = fields };
        return true;
    }

    private bool DecodeSequence(ref ScaleReader reader, int element, out JsonNode? value)
    {
        value = null;
        if (IsByte(element))
        {
            if (!reader.TryReadByteSequence(out ReadOnlySpan<byte> bytes)) return false;
            value = Hex.Format(bytes);
            return true;
        }

        return reader.TryReadLength(IsEmpty(element) ? 0 : 1, out int count) && DecodeMany(ref reader, element, (uint)count, out value);
    }

    private bool DecodeArray(ref ScaleReader reader, TypeDefinition.Array array, out JsonNode? value)
    {
        value = null;
        if (!IsByte(array.Element)) return DecodeMany(ref reader, array.Element, array.Length, out value);
        if (!reader.TryReadSpan((int)Math.Min(array.Length, int.MaxValue), out ReadOnlySpan<byte> bytes)) return false;
        value = Hex.Format(bytes);
        return true;
    }

    private bool DecodeMany(ref ScaleReader reader, int element, uint count, out JsonNode? value)
    {
        JsonArray items = [];
        value = items;
        for (uint index = 0; index < count; index++)
        {
            if (!Decode(ref reader, element, out JsonNode? item)) return false;
            items.Add(item);
        }

        return true;
    }

    private bool DecodeTuple(ref ScaleReader reader, IReadOnlyList<int> elements, out JsonNode? value)
    {
        value = null;
        if (elements.Count == 0) return true;
        JsonArray items = [];
        value = items;
        foreach (int element in elements)
        {
            if (!Decode(ref reader, element, out JsonNode? item)) return false;
            items.Add(item);
        }

        return true;
    }

    private bool DecodeCompact(ref ScaleReader reader, int inner, out JsonNode? value)
    {
        value = null;
        for (int steps = 0; steps < 8 && (uint)inner < (uint)types.Types.Count; steps++)
        {
            switch (types.Types[inner].Definition)
            {
                case TypeDefinition.Simple { Kind: >= Primitive.U8 and <= Primitive.U256 } integer:
                    return PrimitiveText.TryReadCompact(ref reader, integer.Kind, out value);
                case TypeDefinition.Composite { Fields: [TypeField only] }:
                    inner = only.Type;
                    continue;
                case TypeDefinition.Tuple { Elements.Count: 0 } or TypeDefinition.Composite { Fields.Count: 0 }:
                    return true;
            }

            break;
        }

        return Fail(reader, ValueError.BadType, $"type {inner} has no compact form");
    }

    private bool DecodeBits(ref ScaleReader reader, TypeDefinition.BitSequence bits, out JsonNode? value)
    {
        value = null;
        int width = (uint)bits.Store < (uint)types.Types.Count && types.Types[bits.Store].Definition is TypeDefinition.Simple store ? PrimitiveText.BitsOf(store.Kind) : 0;
        string? order = (uint)bits.Order < (uint)types.Types.Count ? types.Types[bits.Order].Path is [.., string last] ? last : null : null;
        if (width is 0 or > 64 || order is not ("Lsb0" or "Msb0")) return Fail(reader, ValueError.BadType, "bits in an order or store that does not exist");
        if (!reader.TryReadCompactUInt32(out uint count)) return false;
        long bytes = ((long)count + width - 1) / width * (width / 8);
        if (bytes > reader.Rest.Length) return reader.Fail(ScaleError.LengthExceedsInput);
        if (!reader.TryReadSpan((int)bytes, out ReadOnlySpan<byte> span)) return false;
        value = PrimitiveText.Bits(span, (int)count, width, order == "Msb0");
        return true;
    }

    private static bool DecodePrimitive(ref ScaleReader reader, Primitive kind, out JsonNode? value) => PrimitiveText.TryRead(ref reader, kind, out value);

    private bool IsByte(int id) => (uint)id < (uint)types.Types.Count && types.Types[id].Definition is TypeDefinition.Simple { Kind: Primitive.U8 };

    /// <summary>Whether values of a type take no bytes. A type that contains itself takes some.</summary>
    private bool IsEmpty(int id)
    {
        if (_isEmpty.TryGetValue(id, out bool known)) return known;
        _isEmpty[id] = false;
        if ((uint)id >= (uint)types.Types.Count || _isEmpty.Count > FreeValues) return false;
        bool isEmpty = types.Types[id].Definition switch
        {
            TypeDefinition.Composite { Fields.Count: <= 1 } composite => composite.Fields.All(field => IsEmpty(field.Type)),
            TypeDefinition.Tuple tuple => tuple.Elements.Count == 0,
            TypeDefinition.Array array => array.Length == 0,
            _ => false,
        };
        return _isEmpty[id] = isEmpty;
    }
}
