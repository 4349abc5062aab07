using System.Buffers.Binary;
using Phala.Chain;
using Phala.Codec;
using Phala.Node.TxPool.Graph;

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
}
