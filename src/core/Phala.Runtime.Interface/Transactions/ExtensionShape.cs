using Phala.Chain.Extrinsics;
using Phala.Codec.Codecs;
using Phala.Codec.TypeInfo;
using Phala.Trie;

namespace Phala.Runtime.Interface.Transactions;

/// <summary>A transaction extension as metadata lists it.</summary>
/// <param name="Identifier">The name by which clients know it.</param>
/// <param name="DescribeSent">Adds the type of what is sent and returns its id.</param>
/// <param name="DescribeImplied">Adds the type of what the signature covers besides and returns its id.</param>
public sealed record ExtensionShape(string Identifier, Func<TypeRegistryBuilder, int> DescribeSent, Func<TypeRegistryBuilder, int> DescribeImplied)
{
    /// <summary>The extensions in order.</summary>
    public static IReadOnlyList<ExtensionShape> All { get; } =
    [
        new("CheckNonZeroSender", UnitCodec.Describe, UnitCodec.Describe),
        new("CheckSpecVersion", UnitCodec.Describe, U32Codec.Describe),
        new("CheckTxVersion", UnitCodec.Describe, U32Codec.Describe),
        new("CheckGenesis", UnitCodec.Describe, Hash256.Describe),
        new("CheckMortality", Era.Describe, Hash256.Describe),
        new("CheckNonce", CompactU32Codec.Describe, UnitCodec.Describe),
        new("CheckWeight", UnitCodec.Describe, UnitCodec.Describe),
        new("ChargeTransactionPayment", CompactU128Codec.Describe, UnitCodec.Describe),
    ];
}
