using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Node.Storage;
using Phala.Trie;

namespace Phala.Node.Consensus;

/// <summary>Makes blocks final by justifications that come from elsewhere, each verified against the authorities in the state before its block.</summary>
/// <param name="store">The chain.</param>
/// <param name="feed">Who listens.</param>
public sealed class JustificationImporter(ChainStore store, ChainFeed feed)
{
    /// <summary>Makes a block final that is in the chain.</summary>
    /// <param name="hash">The block.</param>
    /// <param name="encoded">The justification. Any bytes give an answer.</param>
    public JustificationReport Import(Hash256 hash, ReadOnlySpan<byte> encoded)
    {
        if (!store.TryGetNumber(hash, out uint number) || !store.IsCanonical(hash)) return new JustificationReport(JustificationStatus.UnknownBlock);
        ChainHead finalized = store.Finalized;
        if (number <= finalized.Number && store.TryGetJustification(hash, out _)) return new JustificationReport(JustificationStatus.AlreadyFinalized);

        Header header = FinalityPath.HeaderOf(store, hash);
        FinalizerStatus found = FinalityPath.TryGetSet(store, header, out AuthoritySet? set);
        if (found != FinalizerStatus.Finalized) return Unknown(found, isFinal: number <= finalized.Number);
        if (FinalityPath.Steps(store, finalized, new ChainHead(hash, number)).Count > 1) return new JustificationReport(JustificationStatus.MissingSetChange);
        JustificationError error = Justification.Verify(encoded, set!, new BlockId(hash, number), out _);
        return error == JustificationError.None ? Keep(header, new BlockId(hash, number), encoded.ToArray()) : new JustificationReport(JustificationStatus.BadJustification, error);
    }

    /// <summary>A block that is final stays so, whether or not its justification can be checked any more.</summary>
    private static JustificationReport Unknown(FinalizerStatus why, bool isFinal) => new(
        isFinal ? JustificationStatus.AlreadyFinalized : why == FinalizerStatus.NoState ? JustificationStatus.NoState : JustificationStatus.NoAuthorities);

    private JustificationReport Keep(in Header header, BlockId block, byte[] encoded)
    {
        FinalizeResult result = store.Finalize(block.Hash, encoded, FinalityPath.ChangesSet(header));
        switch (result.Outcome)
        {
            case FinalizeOutcome.Finalized:
                feed.Tell(new ChainUpdate.Finalized(block, encoded, result.Finalized, result.Dropped));
                return new JustificationReport(JustificationStatus.Finalized);
            case FinalizeOutcome.AlreadyFinalized:
                return new JustificationReport(JustificationStatus.AlreadyFinalized);
            case FinalizeOutcome.NotAboveFinalized:
                return new JustificationReport(JustificationStatus.UnknownBlock);
            default:
                return new JustificationReport(JustificationStatus.StorageFailed, Failure: result.Failure);
        }
    }
}
