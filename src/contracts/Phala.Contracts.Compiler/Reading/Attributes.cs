using System.Reflection.Metadata;

namespace Phala.Contracts.Compiler.Reading;

/// <summary>Custom attributes, recognized by their full names.</summary>
internal static class Attributes
{
    /// <summary>The value of an attribute, without its prolog; null if there is none of this name.</summary>
    public static BlobReader? Find(MetadataReader reader, CustomAttributeHandleCollection attributes, string space, string name)
    {
        foreach (CustomAttributeHandle handle in attributes)
        {
            CustomAttribute row = reader.GetCustomAttribute(handle);
            if (TypeOf(reader, row.Constructor) != (space, name)) continue;
            BlobReader blob = reader.GetBlobReader(row.Value);
            if (blob.RemainingBytes >= 2 && blob.ReadUInt16() == 1) return blob;
        }

        return null;
    }

    /// <summary>How many elements a struct with one field stands for; 1 for other structs.</summary>
    public static int InlineArrayLength(TypeDef type)
    {
        BlobReader? blob = Find(type.Image.Metadata, type.Row.GetCustomAttributes(), "System.Runtime.CompilerServices", "InlineArrayAttribute");
        return blob is { RemainingBytes: >= 4 } found ? Math.Max(found.ReadInt32(), 1) : 1;
    }

    private static (string Space, string Name) TypeOf(MetadataReader reader, EntityHandle constructor)
    {
        EntityHandle type = constructor.Kind switch
        {
            HandleKind.MemberReference => reader.GetMemberReference((MemberReferenceHandle)constructor).Parent,
            HandleKind.MethodDefinition => reader.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType(),
            _ => default,
        };
        if (type.IsNil) return ("", "");
        if (type.Kind == HandleKind.TypeReference)
        {
            TypeReference row = reader.GetTypeReference((TypeReferenceHandle)type);
            return (reader.GetString(row.Namespace), reader.GetString(row.Name));
        }

        if (type.Kind != HandleKind.TypeDefinition) return ("", "");
        TypeDefinition definition = reader.GetTypeDefinition((TypeDefinitionHandle)type);
        return (reader.GetString(definition.Namespace), reader.GetString(definition.Name));
    }
}
