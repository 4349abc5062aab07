using Phala.Codec;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;

namespace Phala.Worker.Interface.Envelopes;

/// <summary>What envelopes are for, as HPKE's <c>info</c>: a label with its length, then every field at its full width, so that no two purposes have the same bytes.</summary>
internal static class EnvelopeInfo
{
    internal static byte[] Command(in Hash256 genesis, in Hash256 cluster, in Hash256 contract, uint epoch)
    {
        ScaleWriter writer = Begin("phala command v1"u8, genesis, cluster, (Hash256.Size) + sizeof(uint));
        writer.WriteSpan(contract.AsSpan());
        writer.WriteUInt32(epoch);
        return Finish(ref writer);
    }

    internal static byte[] KeyWrap(in KeyWrapContext context)
    {
        ScaleWriter writer = Begin("phala key wrap v1"u8, context.Genesis, context.Cluster, sizeof(uint) + Sr25519PublicKey.Size + Hash256.Size);
        writer.WriteUInt32(context.Epoch);
        writer.WriteSpan(context.Session.AsSpan());
        writer.WriteSpan(context.ClaimedBlock.AsSpan());
        return Finish(ref writer);
    }

    internal static byte[] Query(in Hash256 genesis, in Hash256 cluster, in Hash256 contract, in Sr25519PublicKey session)
    {
        ScaleWriter writer = Begin("phala query v1"u8, genesis, cluster, Hash256.Size + Sr25519PublicKey.Size);
        writer.WriteSpan(contract.AsSpan());
        writer.WriteSpan(session.AsSpan());
        return Finish(ref writer);
    }

    internal static byte[] Receipt(in Hash256 genesis, in Hash256 cluster, in Hash256 contract, in MessageId message)
    {
        ScaleWriter writer = Begin("phala receipt v1"u8, genesis, cluster, Hash256.Size + MessageId.EncodedLength(message));
        writer.WriteSpan(contract.AsSpan());
        MessageId.Encode(ref writer, message);
        return Finish(ref writer);
    }

    private static ScaleWriter Begin(ReadOnlySpan<byte> label, in Hash256 genesis, in Hash256 cluster, int rest)
    {
        ScaleWriter writer = new(new byte[1 + label.Length + (2 * Hash256.Size) + rest].AsSpan());
        writer.WriteByteSequence(label);
        writer.WriteSpan(genesis.AsSpan());
        writer.WriteSpan(cluster.AsSpan());
        return writer;
    }

    private static byte[] Finish(ref ScaleWriter writer) => writer.Written.ToArray();
}
