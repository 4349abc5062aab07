using Phala.Chain;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Node.Network.Messages;
using Phala.Node.Storage;
using Phala.Trie;

namespace Phala.Node.Network.Requests;

/// <summary>Gives runs of blocks: headers, bodies, justifications.</summary>
/// <remarks>
/// A reply has at most one justification: that of the lowest block in it that changes the authorities. A light client verifies the highest first, and takes one that skips a
/// change for an attack; with one a reply it walks from set to set. A reply of one block has its own, whatever it is.
/// </remarks>
/// <param name="store">The chain.</param>
internal sealed class BlockRequests(ChainStore store) : IRequestHandler
{
    /// <summary>The most blocks of a reply, and how long it may become before the last block.</summary>
    public const int MaxBlocks = 128, MaxReply = 4 << 20;

    private static readonly EngineId Engine = new("FRNK"u8);

    /// <inheritdoc/>
    public int MaxRequest => 1024;

    /// <inheritdoc/>
    public RequestRefusal Answer(ReadOnlySpan<byte> request, out byte[] reply)
    {
        reply = [];
        if (BlockRequest.TryDecode(request, out BlockRequest asked) != ProtobufError.None) return RequestRefusal.Malformed;
        List<(Hash256 Hash, byte[] Encoded, Header Header)> run = Run(asked);
        Hash256? justified = asked.Parts.HasFlag(BlockParts.Justification) ? Justified(run) : null;
        BlockReply blocks = new();
        foreach ((Hash256 hash, byte[] encoded, _) in run)
        {
            byte[][]? body = null;
            if (asked.Parts.HasFlag(BlockParts.Body) && (!store.TryGetBody(hash, out body) || body is null)) break;
            blocks.Add(hash, asked.Parts.HasFlag(BlockParts.Header) ? encoded : null, (body ?? []).Select(Prefixed), justified == hash ? Justifications(hash) : null);
            if (blocks.Length > MaxReply) break;
        }

        reply = blocks.ToArray();
        return RequestRefusal.None;
    }

    /// <summary>The blocks: down by their parents, or up on the best chain, where the first has to be.</summary>
    private List<(Hash256 Hash, byte[] Encoded, Header Header)> Run(in BlockRequest asked)
    {
        List<(Hash256, byte[], Header)> run = [];
        Hash256 at = default;
        if (asked.Hash is { } hash) at = hash;
        else if (!store.TryGetHash(asked.Number, out at)) return run;
        if (!asked.IsDescending && !store.IsCanonical(at)) return run;
        while (run.Count < Math.Min(asked.Count, MaxBlocks) && store.TryGetHeader(at, out byte[]? encoded))
        {
            Header header = Scale.Decode<Header>(encoded).Value;
            run.Add((at, encoded, header));
            if (!asked.IsDescending)
            {
                if (!store.TryGetHash(header.Number + 1, out at)) break;
            }
            else
            {
                if (header.Number == 0) break;
                at = header.ParentHash;
            }
        }

        return run;
    }

    private static Hash256? Justified(List<(Hash256 Hash, byte[] Encoded, Header Header)> run)
    {
        if (run.Count == 1) return run[0].Hash;
        (Hash256? lowest, uint number) = (null, uint.MaxValue);
        foreach ((Hash256 hash, _, Header header) in run)
        {
            if (SetChange.IsIn(header) && header.Number < number) (lowest, number) = (hash, header.Number);
        }

        return lowest;
    }

    private byte[]? Justifications(in Hash256 hash)
    {
        if (!store.TryGetJustification(hash, out byte[]? justification)) return null;
        Vec<EncodedJustification> all = [new EncodedJustification(Engine, Vec.Create<byte>(justification))];
        return Scale.Encode<VecCodec<EncodedJustification, EncodedJustification>, Vec<EncodedJustification>>(all);
    }

    private static byte[] Prefixed(byte[] extrinsic) => Scale.Encode<VecCodec<U8Codec, byte>, Vec<byte>>(Vec.Create<byte>(extrinsic));
}
