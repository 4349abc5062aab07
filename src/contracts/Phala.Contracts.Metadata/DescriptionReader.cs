using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Phala.Contracts.Metadata;

/// <summary>Finds the description that the source generator left in a contract's assembly. No code of the assembly is run.</summary>
public static class DescriptionReader
{
    private const string Attribute = "Phala.Contracts.Hosting.ContractMetadataAttribute";

    /// <summary>Reads an assembly.</summary>
    /// <param name="assembly">Its bytes.</param>
    /// <returns>The description, ink!'s metadata of version 5 without <c>source</c>; null where there is none.</returns>
    /// <exception cref="BadImageFormatException">The bytes are no assembly.</exception>
    public static string? Find(ReadOnlySpan<byte> assembly)
    {
        using PEReader image = new(new MemoryStream(assembly.ToArray()));
        MetadataReader reader = image.GetMetadataReader();
        foreach (CustomAttributeHandle handle in reader.GetAssemblyDefinition().GetCustomAttributes())
        {
            CustomAttribute attribute = reader.GetCustomAttribute(handle);
            if (TypeOf(reader, attribute) != Attribute) continue;
            return attribute.DecodeValue(new AttributeTypes()).FixedArguments[1].Value as string;
        }

        return null;
    }

    private static string? TypeOf(MetadataReader reader, in CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference) return null;
        EntityHandle parent = reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        if (parent.Kind != HandleKind.TypeReference) return null;
        TypeReference type = reader.GetTypeReference((TypeReferenceHandle)parent);
        return AttributeTypes.FullName(reader, type.Namespace, type.Name);
    }
}
