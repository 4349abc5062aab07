using Phala.Trie;

namespace Phala.Node.Network.Messages;

/// <summary>Writes the blocks that were asked for.</summary>
internal sealed class BlockReply
{
    private const int BlockField = 1, HashField = 1, HeaderField = 2, ExtrinsicField = 3, JustificationsField = 8;
    private readonly ProtobufWriter _blocks = new();

    /// <summary>How long the reply is so far.</summary>
    public int Length => _blocks.Length;

    /// <summary>Adds a block.</summary>
    /// <param name="hash">Its hash.</param>
    /// <param name="header">Its header; null where nobody asked.</param>
    /// <param name="extrinsics">Its extrinsics, each with its length before it.</param>
    /// <param name="justifications">Its justifications, encoded; null for none.</param>
    public void Add(in Hash256 hash, byte[]? header, IEnumerable<byte[]> extrinsics, byte[]? justifications)
    {
        ProtobufWriter block = new ProtobufWriter().Bytes(HashField, hash.AsSpan());
        if (header is not null) block.Bytes(HeaderField, header);
        foreach (byte[] extrinsic in extrinsics) block.Bytes(ExtrinsicField, extrinsic);
        if (justifications is not null) block.Bytes(JustificationsField, justifications);
        _blocks.Bytes(BlockField, block.Written);
    }

    /// <summary>The reply.</summary>
    public byte[] ToArray() => _blocks.ToArray();
}
