using Phala.Codec;

namespace Phala.Chain.Grandpa;

/// <summary>The way from one finalized block to a later one by the last headers of the sets between them.</summary>
/// <param name="Fragments">The headers in ascending order, each with its justification by the set before.</param>
/// <param name="IsFinished">Whether the last fragment is the latest that the sender has.</param>
[Scale]
public readonly partial record struct WarpSyncProof(Vec<WarpSyncFragment> Fragments, bool IsFinished)
{
    /// <summary>Decodes a proof, which must fill the bytes, and verifies it.</summary>
    /// <inheritdoc cref="Verify(FinalizedHead, out FinalizedHead)"/>
    /// <param name="encoded">The bytes.</param>
    /// <param name="start"/><param name="end"/>
    public static WarpSyncResult Verify(ReadOnlySpan<byte> encoded, FinalizedHead start, out FinalizedHead end)
    {
        end = start;
        DecodeResult<WarpSyncProof> decoded = Scale.Decode<WarpSyncProof>(encoded);
        return decoded.IsOk ? decoded.Value.Verify(start, out end) : new WarpSyncResult(WarpSyncError.BadEncoding, 0);
    }

    /// <summary>Follows the fragments. Every one but the last of a finished proof must announce authorities.</summary>
    /// <param name="start">Where the receiver stands.</param>
    /// <param name="end">Where it may stand: after every fragment that could be followed, whatever stopped it then.</param>
    /// <returns>How far it went. Any proof gives an answer.</returns>
    public WarpSyncResult Verify(FinalizedHead start, out FinalizedHead end)
    {
        end = start;
        if (Fragments.Length == 0) return new WarpSyncResult(WarpSyncError.Empty, 0);
        for (int at = 0; at < Fragments.Length; at++)
        {
            WarpSyncFragment fragment = Fragments[at];
            AdvanceResult advance = end.TryAdvance(fragment.Header, fragment.Justification, out FinalizedHead? next);
            if (!advance.IsOk) return new WarpSyncResult(WarpSyncError.BadFragment, at, advance);
            bool mayEnd = IsFinished && at == Fragments.Length - 1;
            if (next!.Set.Id == end.Set.Id && !mayEnd) return new WarpSyncResult(WarpSyncError.MissingChange, at);
            end = next;
        }

        return new WarpSyncResult(WarpSyncError.None, Fragments.Length);
    }
}
