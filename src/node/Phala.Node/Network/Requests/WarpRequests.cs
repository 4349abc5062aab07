using Phala.Node.Consensus;
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
        FinalityFragments fragments = new();
        bool isFinished = true;
        for (; store.TryGetSetChange(number + 1, out uint change, out _) && change <= finalized.Number; number = change)
        {
            if (!fragments.TryAdd(store, change)) return RequestRefusal.UnknownBlock;
            if (fragments.Bytes < MaxReply) continue;
            isFinished = false;
            break;
        }

        if (isFinished && finalized.Number > number) fragments.TryAdd(store, finalized.Number);
        if (fragments.Count == 0) return RequestRefusal.NothingNew;
        reply = fragments.Encode(isFinished);
        return RequestRefusal.None;
    }
}
