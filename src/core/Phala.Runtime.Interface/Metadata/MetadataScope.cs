using Phala.Codec;
using Phala.Codec.TypeInfo;

namespace Phala.Runtime.Interface.Metadata;

/// <summary>What every section of metadata is written with.</summary>
/// <param name="Types">Collects the types that are met.</param>
/// <param name="Version">The version of metadata.</param>
/// <param name="SpecVersion">The version of the rules.</param>
internal sealed record MetadataScope(TypeRegistryBuilder Types, uint Version, uint SpecVersion)
{
    /// <summary>Whether fields that came with a version are written.</summary>
    public bool IsAtLeast(uint version) => Version >= version;

    /// <summary>Writes, from version 16 on, that an item is not deprecated, or that no variant of an enum is: both are a zero.</summary>
    public void WriteNotDeprecated(ref ScaleWriter writer)
    {
        if (IsAtLeast(16)) writer.WriteByte(0);
    }

    /// <summary>Writes a type's id.</summary>
    public static void WriteId(ref ScaleWriter writer, int id) => writer.WriteCompact((uint)id);

    /// <summary>Writes documentation line by line.</summary>
    public static void WriteDocs(ref ScaleWriter writer, IReadOnlyList<string> lines)
    {
        writer.WriteLength(lines.Count);
        foreach (string line in lines) writer.WriteString(line);
    }
}
