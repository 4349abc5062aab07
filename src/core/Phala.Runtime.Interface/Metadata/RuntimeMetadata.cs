using Phala.Codec;
using Phala.Codec.TypeInfo;
using Phala.Runtime.Interface.Apis;
using Phala.Runtime.Interface.Shapes;

namespace Phala.Runtime.Interface.Metadata;

/// <summary>
/// Metadata: the runtime's description of itself, from which clients that know nothing of the chain read storage and events and make transactions. Three versions are
/// in use, and all are written from the one model of <see cref="RuntimeShape"/>, <see cref="RuntimeApis"/> and the transaction extensions.
/// </summary>
/// <remarks>
/// <para><b>Invariant.</b> The bytes follow from the model, the metadata version and the spec version alone. Ids of types are their order of first use.</para>
/// <para><b>Trust.</b> A client that takes metadata from a node believes it. A light client takes it from the chain's <c>:code</c>, which is proved.</para>
/// </remarks>
public static class RuntimeMetadata
{
    /// <summary>The version for clients that know no other, and for <c>state_getMetadata</c>.</summary>
    public const uint Oldest = 14;

    /// <summary>What metadata begins with: the letters <c>meta</c>.</summary>
    private const uint Magic = 0x6174_656D;

    private const int TypicalLength = 1 << 16;

    /// <summary>The versions that there are.</summary>
    public static IReadOnlyList<uint> Versions { get; } = [Oldest, 15, 16];

    /// <summary>Metadata with its prefix (<c>RuntimeMetadataPrefixed</c>). It takes milliseconds: callers that need it often keep it.</summary>
    /// <param name="version">One of <see cref="Versions"/>.</param>
    /// <param name="specVersion">The version of the rules, which is among the constants of the pallet System.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such version.</exception>
    public static byte[] Encode(uint version, uint specVersion)
    {
        if (!Versions.Contains(version)) throw new ArgumentOutOfRangeException(nameof(version), version, "There is no such version of metadata.");

        // Types come first in the bytes, but are known only once everything else is written.
        MetadataScope scope = new(new TypeRegistryBuilder(), version, specVersion);
        ScaleWriter body = ScaleWriter.Pooled(TypicalLength);
        WriteBody(ref body, scope);

        ScaleWriter whole = ScaleWriter.Pooled(TypicalLength);
        whole.WriteUInt32(Magic);
        whole.WriteByte((byte)version);
        scope.Types.Build().Encode(ref whole);
        whole.WriteSpan(body.Written);
        byte[] bytes = whole.Written.ToArray();
        body.Dispose();
        whole.Dispose();
        return bytes;
    }

    private static void WriteBody(ref ScaleWriter writer, MetadataScope scope)
    {
        writer.WriteLength(RuntimeShape.Pallets.Count);
        foreach (PalletShape pallet in RuntimeShape.Pallets) PalletSection.Write(ref writer, scope, pallet);
        ExtrinsicSection.Write(ref writer, scope);
        if (!scope.IsAtLeast(16)) MetadataScope.WriteId(ref writer, DescribeRuntime(scope.Types));
        if (!scope.IsAtLeast(15)) return;
        ApiSection.Write(ref writer, scope);
        MetadataScope.WriteId(ref writer, RuntimeShape.DescribeCalls(scope.Types));
        MetadataScope.WriteId(ref writer, RuntimeShape.DescribeEvents(scope.Types));
        MetadataScope.WriteId(ref writer, RuntimeShape.DescribeErrors(scope.Types));
        writer.WriteLength(0); // Custom values: none.
    }

    /// <summary>The type that Rust's runtime implements its traits for. It has no values.</summary>
    private static int DescribeRuntime(TypeRegistryBuilder types) =>
        types.Named("Runtime", static _ => new TypeDescription([OuterEnums.Runtime, "Runtime"], [], new TypeDefinition.Composite([]), []));
}
