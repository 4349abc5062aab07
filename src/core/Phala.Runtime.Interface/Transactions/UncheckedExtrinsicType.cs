using Phala.Chain;
using Phala.Codec.Codecs;
using Phala.Codec.TypeInfo;
using Phala.Runtime.Interface.Shapes;

namespace Phala.Runtime.Interface.Transactions;

/// <summary>Describes extrinsics: bytes behind their length, and the types that clients need to read and make them.</summary>
public static class UncheckedExtrinsicType
{
    /// <summary>Adds the type and returns its id.</summary>
    public static int Describe(TypeRegistryBuilder registry) => registry.Named(typeof(UncheckedExtrinsicType), static registry => new TypeDescription(
        ["sp_runtime", "generic", "unchecked_extrinsic", "UncheckedExtrinsic"],
        [
            new TypeParameter("Address", MultiAddress.Describe(registry)),
            new TypeParameter("Call", RuntimeShape.DescribeCalls(registry)),
            new TypeParameter("Signature", MultiSignature.Describe(registry)),
            new TypeParameter("Extra", DescribeExtensions(registry)),
        ],
        new TypeDefinition.Composite([TypeField.Unnamed(registry.Sequence(U8Codec.Describe(registry)))]),
        []));

    /// <summary>Adds the tuple of what all extensions send and returns its id.</summary>
    public static int DescribeExtensions(TypeRegistryBuilder registry) => registry.Tuple([.. ExtensionShape.All.Select(extension => extension.DescribeSent(registry))]);
}
