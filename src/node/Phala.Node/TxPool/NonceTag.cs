using System.Buffers.Binary;
using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Node.TxPool.Graph;
using Phala.Runtime.Interface.Transactions;

namespace Phala.Node.TxPool;

/// <summary>The tag of a signed transaction: SCALE of its signer and nonce. It can be read off the bytes, without state.</summary>
internal static class NonceTag
{
    public static Tag Of(in AccountId account, uint nonce)
    {
        byte[] tag = new byte[AccountId.Size + sizeof(uint)];
        account.AsSpan().CopyTo(tag);
        BinaryPrimitives.WriteUInt32LittleEndian(tag.AsSpan(AccountId.Size), nonce);
        return new Tag(Vec.Create<byte>(tag));
    }

    /// <summary>A transaction in a block, with what its bytes alone say.</summary>
    public static IncludedTransaction Read(OpaqueExtrinsic extrinsic, uint index)
    {
        bool isSigned = TryReadNonce(extrinsic, out AccountId signer, out uint nonce);
        return new IncludedTransaction(extrinsic.Hash(), index, signer, isSigned ? [Of(signer, nonce)] : []);
    }

    private static bool TryReadNonce(OpaqueExtrinsic opaque, out AccountId signer, out uint nonce)
    {
        (signer, nonce) = (default, 0);
        if (Extrinsic.TryDecode(opaque, out Extrinsic extrinsic) != ExtrinsicError.None || !extrinsic.IsSigned || !extrinsic.Address.TryGetId(out signer)) return false;
        if (!extrinsic.TrySplit(out TransactionExtensions extensions, out _, out _)) return false;
        nonce = extensions.Nonce;
        return true;
    }
}
