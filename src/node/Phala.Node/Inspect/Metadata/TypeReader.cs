using System.Diagnostics.CodeAnalysis;
using Phala.Codec;
using Phala.Codec.TypeInfo;

namespace Phala.Node.Inspect.Metadata;

/// <summary>Reads the types of a registry: what <see cref="TypeRegistry.Encode()"/> writes.</summary>
internal static class TypeReader
{
    public static bool TryRead(ref ScaleReader reader, [NotNullWhen(true)] out TypeDescription? type)
    {
        type = null;
        if (!TryReadTexts(ref reader, out List<string> path) || !TryReadParameters(ref reader, out List<TypeParameter> parameters)) return false;
        if (!TryReadDefinition(ref reader, out TypeDefinition? definition) || !TryReadTexts(ref reader, out List<string> docs)) return false;
        type = new TypeDescription(path, parameters, definition, docs);
        return true;
    }

    /// <summary>Reads the id of a type.</summary>
    public static bool TryReadId(ref ScaleReader reader, out int id)
    {
        bool isRead = reader.TryReadCompactUInt32(out uint number);
        id = (int)Math.Min(number, int.MaxValue);
        return isRead;
    }

    /// <summary>Reads a list of ids.</summary>
    public static bool TryReadIds(ref ScaleReader reader, out List<int> ids)
    {
        ids = [];
        if (!reader.TryReadLength(1, out int count)) return false;
        for (int index = 0; index < count; index++)
        {
            if (!TryReadId(ref reader, out int id)) return false;
            ids.Add(id);
        }

        return true;
    }

    /// <summary>Reads a list of texts.</summary>
    public static bool TryReadTexts(ref ScaleReader reader, out List<string> texts)
    {
        texts = [];
        if (!reader.TryReadLength(1, out int count)) return false;
        for (int index = 0; index < count; index++)
        {
            if (!reader.TryReadString(out string? text)) return false;
            texts.Add(text);
        }

        return true;
    }

    /// <summary>Reads a text that may be missing.</summary>
    public static bool TryReadOptionalText(ref ScaleReader reader, out string? text)
    {
        text = null;
        return reader.TryReadOption(out bool isThere) && (!isThere || reader.TryReadString(out text));
    }

    private static bool TryReadParameters(ref ScaleReader reader, out List<TypeParameter> parameters)
    {
        parameters = [];
        if (!reader.TryReadLength(2, out int count)) return false;
        for (int index = 0; index < count; index++)
        {
            int id = 0;
            if (!reader.TryReadString(out string? name) || !reader.TryReadOption(out bool isThere) || (isThere && !TryReadId(ref reader, out id))) return false;
            parameters.Add(new TypeParameter(name, isThere ? id : null));
        }

        return true;
    }

    private static bool TryReadDefinition(ref ScaleReader reader, [NotNullWhen(true)] out TypeDefinition? definition)
    {
        definition = null;
        if (!reader.TryReadByte(out byte kind)) return false;
        definition = kind switch
        {
            0 => TryReadFields(ref reader, out List<TypeField> fields) ? new TypeDefinition.Composite(fields) : null,
            1 => TryReadVariants(ref reader, out List<TypeVariant> variants) ? new TypeDefinition.Variant(variants) : null,
            2 => TryReadId(ref reader, out int element) ? new TypeDefinition.Sequence(element) : null,
            3 => reader.TryReadUInt32(out uint length) && TryReadId(ref reader, out int element) ? new TypeDefinition.Array(length, element) : null,
            4 => TryReadIds(ref reader, out List<int> elements) ? new TypeDefinition.Tuple(elements) : null,
            5 => TryReadPrimitive(ref reader, out Primitive primitive) ? new TypeDefinition.Simple(primitive) : null,
            6 => TryReadId(ref reader, out int inner) ? new TypeDefinition.Compact(inner) : null,
            7 => TryReadId(ref reader, out int store) && TryReadId(ref reader, out int order) ? new TypeDefinition.BitSequence(store, order) : null,
            _ => reader.FailAt(ScaleError.UnknownVariant, reader.Position - 1) ? null : null,
        };
        return definition is not null;
    }

    private static bool TryReadPrimitive(ref ScaleReader reader, out Primitive primitive)
    {
        bool isRead = reader.TryReadByte(out byte kind);
        primitive = (Primitive)kind;
        return isRead && (kind <= (byte)Primitive.I256 || reader.FailAt(ScaleError.UnknownVariant, reader.Position - 1));
    }

    private static bool TryReadVariants(ref ScaleReader reader, out List<TypeVariant> variants)
    {
        variants = [];
        if (!reader.TryReadLength(4, out int count)) return false;
        for (int at = 0; at < count; at++)
        {
            if (!reader.TryReadString(out string? name) || !TryReadFields(ref reader, out List<TypeField> fields)) return false;
            if (!reader.TryReadByte(out byte index) || !TryReadTexts(ref reader, out List<string> docs)) return false;
            variants.Add(new TypeVariant(name, fields, index, docs));
        }

        return true;
    }

    private static bool TryReadFields(ref ScaleReader reader, out List<TypeField> fields)
    {
        fields = [];
        if (!reader.TryReadLength(4, out int count)) return false;
        for (int at = 0; at < count; at++)
        {
            if (!TryReadOptionalText(ref reader, out string? name) || !TryReadId(ref reader, out int type)) return false;
            if (!TryReadOptionalText(ref reader, out string? typeName) || !TryReadTexts(ref reader, out List<string> docs)) return false;
            fields.Add(new TypeField(name, type, typeName, docs));
        }

        return true;
    }
}
