using Phala.Chain;
using Phala.Codec;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;

namespace Phala.Runtime.Interface.Metadata;

/// <summary>Writes the form of extrinsics and the transaction extensions.</summary>
internal static class ExtrinsicSection
{
    /// <summary>The version of extrinsics that clients sign. The runtime reads bare and general ones of version 5 as well.</summary>
    private const byte ExtrinsicVersion = 4;

    /// <summary>The version of the one set of extensions.</summary>
    private const byte ExtensionVersion = 0;

    public static void Write(ref ScaleWriter writer, MetadataScope scope)
    {
        if (!scope.IsAtLeast(15)) MetadataScope.WriteId(ref writer, UncheckedExtrinsicType.Describe(scope.Types));
        if (scope.IsAtLeast(16)) writer.WriteLength(1); // A list of versions.
        writer.WriteByte(ExtrinsicVersion);
        if (scope.IsAtLeast(15)) WriteParts(ref writer, scope);
        WriteExtensions(ref writer, scope);
    }

    private static void WriteParts(ref ScaleWriter writer, MetadataScope scope)
    {
        MetadataScope.WriteId(ref writer, MultiAddress.Describe(scope.Types));
        MetadataScope.WriteId(ref writer, RuntimeShape.DescribeCalls(scope.Types));
        MetadataScope.WriteId(ref writer, MultiSignature.Describe(scope.Types));
        if (scope.IsAtLeast(16)) WriteExtensionSets(ref writer);
        else MetadataScope.WriteId(ref writer, UncheckedExtrinsicType.DescribeExtensions(scope.Types));
    }

    /// <summary>A map from the version of a set to the extensions in it, by their places in the list that follows.</summary>
    private static void WriteExtensionSets(ref ScaleWriter writer)
    {
        writer.WriteLength(1);
        writer.WriteByte(ExtensionVersion);
        writer.WriteLength(ExtensionShape.All.Count);
        for (uint place = 0; place < ExtensionShape.All.Count; place++) writer.WriteCompact(place);
    }

    private static void WriteExtensions(ref ScaleWriter writer, MetadataScope scope)
    {
        writer.WriteLength(ExtensionShape.All.Count);
        foreach (ExtensionShape extension in ExtensionShape.All)
        {
            writer.WriteString(extension.Identifier);
            MetadataScope.WriteId(ref writer, extension.DescribeSent(scope.Types));
            MetadataScope.WriteId(ref writer, extension.DescribeImplied(scope.Types));
        }
    }
}
