using System.Buffers.Binary;
using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Node.TxPool;
using Phala.Node.TxPool.Graph;
using Phala.Runtime.Interface.Transactions;

namespace Phala.Tests.Node.TxPool;

/// <summary>Transactions of which only tags, priority and length matter.</summary>
internal static class TagSample
{
    public static Tag Tag(int tag) => new(Bytes(tag));

    public static PoolTransaction Transaction(int number, int account, ulong priority, int[] requires, int[] provides, ulong longevity = ulong.MaxValue, int length = 10, uint at = 0)
    {
        byte[] body = new byte[length];
        BinaryPrimitives.WriteInt32LittleEndian(body, number);
        OpaqueExtrinsic extrinsic = new(Vec.Create<byte>(body));
        byte[] signer = new byte[AccountId.Size];
        signer[0] = (byte)account;
        return new PoolTransaction(extrinsic.Hash(), extrinsic, new AccountId(signer), new ValidTransaction(priority, Tags(requires), Tags(provides), longevity, true), at);
    }

    /// <summary>As the other, of one account, with any numbers for tags.</summary>
    public static PoolTransaction Wide(int number, ulong priority, int[] requires, int[] provides)
    {
        PoolTransaction like = Transaction(number, 1, priority, [], []);
        return new PoolTransaction(like.Hash, like.Extrinsic, like.Signer, like.Validity with { Requires = WideTags(requires), Provides = WideTags(provides) }, 0);
    }

    private static Vec<Vec<byte>> WideTags(int[] tags) => Vec.Create<Vec<byte>>([.. tags.Select(tag => Vec.Create<byte>(BitConverter.GetBytes(tag)))]);

    private static Vec<Vec<byte>> Tags(int[] tags) => Vec.Create<Vec<byte>>([.. tags.Select(Bytes)]);

    private static Vec<byte> Bytes(int tag) => Vec.Create((byte)tag, (byte)7);
}
