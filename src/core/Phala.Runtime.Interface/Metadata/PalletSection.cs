using Phala.Codec;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Storage;
using Phala.Runtime.Interface.Versions;

namespace Phala.Runtime.Interface.Metadata;

/// <summary>Writes a pallet: storage, calls, events, constants and errors.</summary>
internal static class PalletSection
{
    /// <summary>The variants of a storage entry's type.</summary>
    private const byte Plain = 0, Map = 1;

    public static void Write(ref ScaleWriter writer, MetadataScope scope, PalletShape pallet)
    {
        writer.WriteString(pallet.Name);
        WriteStorage(ref writer, scope, pallet);
        WriteEnum(ref writer, scope, pallet, OuterEnumKind.Calls);
        WriteEnum(ref writer, scope, pallet, OuterEnumKind.Events);
        WriteConstants(ref writer, scope, pallet);
        WriteEnum(ref writer, scope, pallet, OuterEnumKind.Errors);
        if (scope.IsAtLeast(16))
        {
            writer.WriteLength(0); // Associated types: none.
            writer.WriteLength(0); // View functions: none.
        }

        writer.WriteByte(pallet.Index);
        if (scope.IsAtLeast(15)) MetadataScope.WriteDocs(ref writer, pallet.Docs);
        scope.WriteNotDeprecated(ref writer);
    }

    private static void WriteStorage(ref ScaleWriter writer, MetadataScope scope, PalletShape pallet)
    {
        writer.WriteBool(pallet.Storage.Count > 0);
        if (pallet.Storage.Count == 0) return;
        writer.WriteString(pallet.Name);
        writer.WriteLength(pallet.Storage.Count);
        foreach (StorageItem item in pallet.Storage) WriteEntry(ref writer, scope, item, pallet.DocsOf(item));
    }

    private static void WriteEntry(ref ScaleWriter writer, MetadataScope scope, StorageItem item, IReadOnlyList<string> docs)
    {
        writer.WriteString(item.Name);
        writer.WriteByte((byte)item.Modifier);
        int? key = item.DescribeKey(scope.Types);
        writer.WriteByte(key is null ? Plain : Map);
        if (key is { } id)
        {
            writer.WriteLength(item.Hashers.Count);
            foreach (Hasher hasher in item.Hashers) writer.WriteByte((byte)hasher);
            MetadataScope.WriteId(ref writer, id);
        }

        MetadataScope.WriteId(ref writer, item.DescribeValue(scope.Types));
        writer.WriteByteSequence(item.EncodedDefault());
        MetadataScope.WriteDocs(ref writer, docs);
        scope.WriteNotDeprecated(ref writer);
    }

    private static void WriteEnum(ref ScaleWriter writer, MetadataScope scope, PalletShape pallet, OuterEnumKind kind)
    {
        int? type = OuterEnums.DescribePallet(scope.Types, pallet, kind);
        writer.WriteBool(type is not null);
        if (type is not { } id) return;
        MetadataScope.WriteId(ref writer, id);
        scope.WriteNotDeprecated(ref writer);
    }

    private static void WriteConstants(ref ScaleWriter writer, MetadataScope scope, PalletShape pallet)
    {
        ConstantShape[] constants = [.. pallet.Constants, .. pallet == FrameSystem.Shape ? [VersionConstant(scope.SpecVersion)] : Array.Empty<ConstantShape>()];
        writer.WriteLength(constants.Length);
        foreach (ConstantShape constant in constants)
        {
            writer.WriteString(constant.Name);
            MetadataScope.WriteId(ref writer, constant.Describe(scope.Types));
            writer.WriteByteSequence(constant.Value);
            MetadataScope.WriteDocs(ref writer, [constant.Docs]);
            scope.WriteNotDeprecated(ref writer);
        }
    }

    /// <summary>The one constant that is not the same in all versions of the rules; clients sign with what it says.</summary>
    private static ConstantShape VersionConstant(uint specVersion) =>
        new("Version", Scale.Encode(PhalaVersion.Of(specVersion)), RuntimeVersion.Describe, "The versions of the rules.");
}
