using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Node.Storage;
using Phala.Trie;

namespace Phala.Node.Network.Requests;

/// <summary>
/// Gives the way from a finalized block to the latest: the last header of each authority set between them with its justification, and the latest finalized header with its own.
/// </summary>
/// <param name="store">The chain.</param>
internal sealed class WarpRequests(ChainStore store) : IRequestHandler
{
    /// <summary>How long a proof may become before its last fragment; the peer asks again from there.</summary>
    public const int MaxReply = 8 << 20;

    /// <inheritdoc/>
    public int MaxRequest => Hash256.Size;

    /// <inheritdoc/>
    public RequestRefusal Answer(ReadOnlySpan<byte> request, out byte[] reply)
    {
        reply = [];
        if (request.Length != Hash256.Size) return RequestRefusal.Malformed;
        Hash256 begin = new(request);
        ChainHead finalized = store.Finalized;
        if (!store.TryGetNumber(begin, out uint number) || number > finalized.Number || !store.IsCanonical(begin)) return RequestRefusal.UnknownBlock;
        List<byte[]> fragments = [];
        bool isFinished = true;
        for (int length = 0; store.TryGetSetChange(number + 1, out uint change, out byte[]? justification) && change <= finalized.Number; number = change)
        {
            if (!store.TryGetHash(change, out Hash256 hash) || !TryAdd(fragments, hash, justification, ref length)) return RequestRefusal.UnknownBlock;
            if (length < MaxReply) continue;
            isFinished = false;
            break;
        }

        int rest = 0;
        if (isFinished && finalized.Number > number && store.TryGetJustification(finalized.Hash, out byte[]? last)) TryAdd(fragments, finalized.Hash, last, ref rest);
        if (fragments.Count == 0) return RequestRefusal.NothingNew;
        reply = Encode(fragments, isFinished);
        return RequestRefusal.None;
    }

    private bool TryAdd(List<byte[]> fragments, in Hash256 hash, byte[] justification, ref int length)
    {
        if (!store.TryGetHeader(hash, out byte[]? header)) return false;
        fragments.Add([.. header, .. justification]);
        length += header.Length + justification.Length;
        return true;
    }

    /// <summary>A <see cref="WarpSyncProof"/>, of fragments that are encoded already.</summary>
    private static byte[] Encode(List<byte[]> fragments, bool isFinished)
    {
        ScaleWriter writer = ScaleWriter.Pooled();
        try
        {
            writer.WriteLength(fragments.Count);
            foreach (byte[] fragment in fragments) writer.WriteSpan(fragment);
            writer.WriteBool(isFinished);
            return writer.Written.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }
}
