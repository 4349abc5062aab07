namespace Phala.Codec.TypeInfo;

/// <summary>
/// The types of a chain by id: what metadata calls the portable registry. Clients decode calls, events and storage with nothing but this.
/// </summary>
/// <param name="Types">The descriptions; an id is the position in this list.</param>
public sealed record TypeRegistry(IReadOnlyList<TypeDescription> Types)
{
    /// <summary>Writes the registry as metadata holds it.</summary>
    public void Encode(ref ScaleWriter writer)
    {
        writer.WriteLength(Types.Count);
        for (int id = 0; id < Types.Count; id++)
        {
            writer.WriteCompact((uint)id);
            WriteType(ref writer, Types[id]);
        }
    }

    /// <summary>The encoding of the registry.</summary>
    public byte[] Encode()
    {
        ScaleWriter writer = ScaleWriter.Pooled(1 << 14);
        Encode(ref writer);
        byte[] bytes = writer.Written.ToArray();
        writer.Dispose();
        return bytes;
    }

    private static void WriteType(ref ScaleWriter writer, TypeDescription type)
    {
        WriteTexts(ref writer, type.Path);
        writer.WriteLength(type.Parameters.Count);
        foreach (TypeParameter parameter in type.Parameters)
        {
            writer.WriteString(parameter.Name);
            writer.WriteBool(parameter.Type is not null);
            if (parameter.Type is { } argument) WriteId(ref writer, argument);
        }

        WriteDefinition(ref writer, type.Definition);
        WriteTexts(ref writer, type.Docs);
    }

    private static void WriteDefinition(ref ScaleWriter writer, TypeDefinition definition)
    {
        writer.WriteByte(IndexOf(definition));
        switch (definition)
        {
            case TypeDefinition.Composite composite:
                WriteFields(ref writer, composite.Fields);
                break;
            case TypeDefinition.Variant variant:
                WriteVariants(ref writer, variant.Variants);
                break;
            case TypeDefinition.Sequence sequence:
                WriteId(ref writer, sequence.Element);
                break;
            case TypeDefinition.Array array:
                writer.WriteUInt32(array.Length);
                WriteId(ref writer, array.Element);
                break;
            case TypeDefinition.Tuple tuple:
                writer.WriteLength(tuple.Elements.Count);
                foreach (int element in tuple.Elements) WriteId(ref writer, element);
                break;
            case TypeDefinition.Simple simple:
                writer.WriteByte((byte)simple.Kind);
                break;
            case TypeDefinition.Compact compact:
                WriteId(ref writer, compact.Inner);
                break;
            case TypeDefinition.BitSequence bits:
                WriteId(ref writer, bits.Store);
                WriteId(ref writer, bits.Order);
                break;
        }
    }

    private static byte IndexOf(TypeDefinition definition) => definition switch
    {
        TypeDefinition.Composite => 0,
        TypeDefinition.Variant => 1,
        TypeDefinition.Sequence => 2,
        TypeDefinition.Array => 3,
        TypeDefinition.Tuple => 4,
        TypeDefinition.Simple => 5,
        TypeDefinition.Compact => 6,
        TypeDefinition.BitSequence => 7,
        _ => throw new InvalidOperationException($"{definition.GetType()} has no index."),
    };

    private static void WriteVariants(ref ScaleWriter writer, IReadOnlyList<TypeVariant> variants)
    {
        writer.WriteLength(variants.Count);
        foreach (TypeVariant variant in variants)
        {
            writer.WriteString(variant.Name);
            WriteFields(ref writer, variant.Fields);
            writer.WriteByte(variant.Index);
            WriteTexts(ref writer, variant.Docs);
        }
    }

    private static void WriteFields(ref ScaleWriter writer, IReadOnlyList<TypeField> fields)
    {
        writer.WriteLength(fields.Count);
        foreach (TypeField field in fields)
        {
            WriteOptionalText(ref writer, field.Name);
            WriteId(ref writer, field.Type);
            WriteOptionalText(ref writer, field.TypeName);
            WriteTexts(ref writer, field.Docs);
        }
    }

    private static void WriteOptionalText(ref ScaleWriter writer, string? text)
    {
        writer.WriteBool(text is not null);
        if (text is not null) writer.WriteString(text);
    }

    private static void WriteTexts(ref ScaleWriter writer, IReadOnlyList<string> texts)
    {
        writer.WriteLength(texts.Count);
        foreach (string text in texts) writer.WriteString(text);
    }

    private static void WriteId(ref ScaleWriter writer, int id) => writer.WriteCompact((uint)id);
}
