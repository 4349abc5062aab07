using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Node.Keys;
using Phala.Node.Storage;

namespace Phala.Node.Consensus;

/// <summary>
/// Makes blocks final with the keys that this node holds, as long as those are more than two thirds of the authorities: it signs real GRANDPA justifications, which a light client
/// verifies as it would those of many nodes.
/// </summary>
/// <remarks>
/// The set of authorities changes with the block that says so, and that block is the last of the old set: it gets a justification of its own, which is kept for ever.
/// </remarks>
/// <param name="store">The chain.</param>
/// <param name="keys">The authorities' keys.</param>
/// <param name="feed">Who listens.</param>
public sealed class LocalFinalizer(ChainStore store, AuthorityKeys keys, ChainFeed feed)
{
    /// <summary>Makes the best block final, and before it each that changes the authorities.</summary>
    public FinalizerStatus FinalizeBest()
    {
        ChainHead best = store.Best;
        foreach (ChainHead block in FinalityPath.Steps(store, store.Finalized, best))
        {
            FinalizerStatus status = Finalize(block);
            if (status != FinalizerStatus.Finalized) return status;
        }

        return FinalizerStatus.Finalized;
    }

    private FinalizerStatus Finalize(ChainHead block)
    {
        Header header = FinalityPath.HeaderOf(store, block.Hash);
        if (FinalityPath.TryGetSet(store, header, out AuthoritySet? set) is var found && found != FinalizerStatus.Finalized) return found;
        Justification justification = Justify(new BlockId(block.Hash, block.Number), set!);
        if (justification.Verify(set!, new BlockId(block.Hash, block.Number)) != JustificationError.None) return FinalizerStatus.NotEnoughKeys;
        byte[] encoded = Scale.Encode(justification);
        FinalizeResult result = store.Finalize(block.Hash, encoded, FinalityPath.ChangesSet(header));
        if (result.Outcome == FinalizeOutcome.Failed) return FinalizerStatus.StorageFailed;
        if (result.Outcome == FinalizeOutcome.Finalized) feed.Tell(new ChainUpdate.Finalized(new BlockId(block.Hash, block.Number), encoded, result.Finalized, result.Dropped));
        return FinalizerStatus.Finalized;
    }

    /// <summary>Every key that this node holds votes for the block itself. The round is the block's number: no round of a set has two results.</summary>
    private Justification Justify(BlockId block, AuthoritySet set)
    {
        Precommit precommit = new(block.Hash, block.Number);
        Span<byte> payload = stackalloc byte[VotePayload.Length], signature = stackalloc byte[Ed25519.SignatureLength];
        VotePayload.WritePrecommit(precommit, block.Number, set.Id, payload);
        List<SignedPrecommit> precommits = [];
        foreach (GrandpaAuthority authority in set.Authorities)
        {
            if (!keys.TryGet(authority.Id, out Ed25519KeyPair? key)) continue;
            key!.Sign(payload, signature);
            precommits.Add(new SignedPrecommit(precommit, new GrandpaSignature(signature), authority.Id));
        }

        return new Justification(block.Number, new Commit(block.Hash, block.Number, [.. precommits]), default);
    }
}
