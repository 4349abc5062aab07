using System.Text.Json;
using Phala.Codec.TypeInfo;

namespace Phala.Client.Contracts.Ink;

/// <summary>Reads the types of a contract's description. In what it gives, every id names a type.</summary>
/// <remarks>The first editions of ink! 3 do not number the types in the table: their ids are their places in it, beginning with 1; and a variant's index is its place, unless it has a discriminant.</remarks>
/// <param name="count">How many types there are.</param>
/// <param name="first">The first type's id.</param>
internal sealed class TypeTableReader(int count, int first)
{
    private bool IsNumbered => first == 0;

    /// <summary>Reads the table.</summary>
    internal static bool TryRead(JsonPlace table, out TypeTableReader reader, out TypeRegistry types)
    {
        (reader, types) = (new TypeTableReader(0, 0), new TypeRegistry([]));
        if (!table.TryItems(out List<JsonPlace> items)) return false;
        reader = new TypeTableReader(items.Count, items.Count > 0 && items[0].Find("id") is null && items[0].Find("def") is not null ? 1 : 0);
        List<TypeDescription> read = new(items.Count);
        foreach (JsonPlace item in items)
        {
            if (!reader.TryReadItem(item, (uint)read.Count, out TypeDescription? description)) return false;
            read.Add(description!);
        }

        types = new TypeRegistry(read);
        return true;
    }

    /// <summary>Reads an id.</summary>
    /// <param name="place">Where it stands.</param>
    /// <param name="id">The type's place in the table, the first being 0.</param>
    internal bool TryReadId(JsonPlace place, out int id)
    {
        bool isNumber = place.TryNumber(int.MaxValue, out uint number);
        id = (int)number - first;
        return isNumber && ((id >= 0 && id < count) || place.Fail(ContractFileError.UnknownType));
    }

    private bool TryReadItem(JsonPlace item, uint place, out TypeDescription? description)
    {
        description = null;
        if (!IsNumbered) return TryReadType(item, out description);
        if (!item.TryMember("id", out JsonPlace id) || !id.TryNumber(uint.MaxValue, out uint number)) return false;
        if (number != place) return id.Fail(ContractFileError.WrongOrder);
        return item.TryMember("type", out JsonPlace type) && TryReadType(type, out description);
    }

    private bool TryReadType(JsonPlace place, out TypeDescription? type)
    {
        type = null;
        if (!TryReadTexts(place, "path", out List<string> path)) return false;
        if (!place.TryMember("def", out JsonPlace definition) || !TryReadDefinition(definition, out TypeDefinition? read)) return false;
        type = new TypeDescription(path, [], read!, []);
        return true;
    }

    private bool TryReadDefinition(JsonPlace place, out TypeDefinition? definition)
    {
        definition = null;
        if (place.Element.ValueKind != JsonValueKind.Object) return place.Fail(ContractFileError.WrongKind);
        if (place.Find("composite") is { } composite) return TryReadFields(composite, out List<TypeField> fields) && Set(new TypeDefinition.Composite(fields), out definition);
        if (place.Find("variant") is { } variant) return TryReadVariants(variant, out List<TypeVariant> variants) && Set(new TypeDefinition.Variant(variants), out definition);
        if (place.Find("sequence") is { } sequence) return TryReadTypeOf(sequence, "type", out int element) && Set(new TypeDefinition.Sequence(element), out definition);
        if (place.Find("compact") is { } compact) return TryReadTypeOf(compact, "type", out int inner) && Set(new TypeDefinition.Compact(inner), out definition);
        if (place.Find("array") is { } array) return TryReadArray(array, out definition);
        if (place.Find("tuple") is { } tuple) return TryReadTuple(tuple, out definition);
        if (place.Find("primitive") is { } primitive) return TryReadPrimitive(primitive, out definition);
        if (!IsNumbered && place.Find("phantom") is not null) return Set(new TypeDefinition.Tuple([]), out definition);
        if (place.Find("bitsequence") is not { } bits) return place.Fail(ContractFileError.UnknownKind);
        return TryReadTypeOf(bits, "bit_store_type", out int store) && TryReadTypeOf(bits, "bit_order_type", out int order) && Set(new TypeDefinition.BitSequence(store, order), out definition);
    }

    private static bool Set(TypeDefinition read, out TypeDefinition? definition)
    {
        definition = read;
        return true;
    }

    private bool TryReadTypeOf(JsonPlace place, string name, out int id)
    {
        id = 0;
        return place.TryMember(name, out JsonPlace member) && TryReadId(member, out id);
    }

    private bool TryReadArray(JsonPlace place, out TypeDefinition? definition)
    {
        definition = null;
        if (!place.TryMember("len", out JsonPlace length) || !length.TryNumber(uint.MaxValue, out uint number) || !TryReadTypeOf(place, "type", out int element)) return false;
        return Set(new TypeDefinition.Array(number, element), out definition);
    }

    private bool TryReadTuple(JsonPlace place, out TypeDefinition? definition)
    {
        definition = null;
        if (!place.TryItems(out List<JsonPlace> items)) return false;
        List<int> elements = new(items.Count);
        foreach (JsonPlace item in items)
        {
            if (!TryReadId(item, out int element)) return false;
            elements.Add(element);
        }

        return Set(new TypeDefinition.Tuple(elements), out definition);
    }

    private static bool TryReadPrimitive(JsonPlace place, out TypeDefinition? definition)
    {
        definition = null;
        if (!place.TryText(out string name)) return false;
        foreach (Primitive kind in Enum.GetValues<Primitive>())
        {
            if (TypeNames.Of(kind) == name) return Set(new TypeDefinition.Simple(kind), out definition);
        }

        return place.Fail(ContractFileError.UnknownKind);
    }

    private bool TryReadVariants(JsonPlace place, out List<TypeVariant> variants)
    {
        variants = [];
        if (!place.TryItems("variants", out List<JsonPlace> items)) return false;
        HashSet<string> names = new(StringComparer.Ordinal);
        HashSet<uint> indices = [];
        foreach (JsonPlace item in items)
        {
            if (!item.TryMember("name", out JsonPlace name) || !name.TryText(out string text)) return false;
            if (!TryReadIndex(item, (uint)variants.Count, out uint number) || !TryReadFields(item, out List<TypeField> fields)) return false;
            if (!names.Add(text) || !indices.Add(number)) return item.Fail(ContractFileError.Duplicate);
            variants.Add(new TypeVariant(text, fields, (byte)number, []));
        }

        return true;
    }

    private bool TryReadIndex(JsonPlace variant, uint place, out uint index)
    {
        index = place;
        if (IsNumbered) return variant.TryMember("index", out JsonPlace named) && named.TryNumber(byte.MaxValue, out index);
        if (variant.Find("discriminant") is { } discriminant) return discriminant.TryNumber(byte.MaxValue, out index);
        return place <= byte.MaxValue || variant.Fail(ContractFileError.BadNumber);
    }

    private bool TryReadFields(JsonPlace place, out List<TypeField> fields)
    {
        fields = [];
        if (!place.TryItems("fields", out List<JsonPlace> items)) return false;
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (JsonPlace item in items)
        {
            string? name = null;
            if (item.Find("name") is { } named)
            {
                if (!named.TryText(out name)) return false;
                if (!names.Add(name)) return named.Fail(ContractFileError.Duplicate);
            }

            if (!TryReadTypeOf(item, "type", out int type)) return false;
            fields.Add(new TypeField(name, type, null, []));
        }

        return true;
    }

    private static bool TryReadTexts(JsonPlace place, string name, out List<string> texts)
    {
        texts = [];
        if (!place.TryItems(name, out List<JsonPlace> items)) return false;
        foreach (JsonPlace item in items)
        {
            if (!item.TryText(out string text)) return false;
            texts.Add(text);
        }

        return true;
    }
}
