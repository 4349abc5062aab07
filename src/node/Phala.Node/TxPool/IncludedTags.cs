using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Node.TxPool.Graph;
using Phala.Runtime.Interface.Transactions;

namespace Phala.Node.TxPool;

/// <summary>What a transaction in a block provided, as far as its bytes alone say so: the pool may never have seen it.</summary>
internal static class IncludedTags
{
    /// <summary>Reads a transaction in a block.</summary>
    public static IncludedTransaction Read(OpaqueExtrinsic opaque, uint index)
    {
        AccountId signer = default;
        if (Extrinsic.TryDecode(opaque, out Extrinsic extrinsic) != ExtrinsicError.None || !extrinsic.TrySplit(out TransactionExtensions extensions, out _, out ReadOnlySpan<byte> call))
        {
            return new IncludedTransaction(opaque.Hash(), index, signer, []);
        }

        bool isSigned = extrinsic.IsSigned && extrinsic.Address.TryGetId(out signer);
        Tag[] nonce = isSigned ? [NonceTag.Of(signer, extensions.Nonce)] : [];
        Tag[] tags = CallTag.Of(call) is { } own ? [.. nonce, own] : nonce;
        return new IncludedTransaction(opaque.Hash(), index, signer, tags);
    }
}
