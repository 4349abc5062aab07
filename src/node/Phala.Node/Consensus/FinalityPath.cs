using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Node.Storage;
using Phala.Runtime.Interface;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.Consensus;

/// <summary>From the finalized block to one above it: what has to be made final on the way, and by whom.</summary>
internal static class FinalityPath
{
    /// <summary>Blocks above the finalized one that change the authorities, and the last, the lowest first.</summary>
    public static List<ChainHead> Steps(ChainStore store, ChainHead finalized, ChainHead last)
    {
        List<ChainHead> steps = [];
        for (ChainHead at = last; at.Number > finalized.Number;)
        {
            Header header = HeaderOf(store, at.Hash);
            if (at == last || ChangesSet(header)) steps.Add(at);
            at = new ChainHead(header.ParentHash, at.Number - 1);
        }

        steps.Reverse();
        return steps;
    }

    /// <summary>Whether a block is the last of its authorities.</summary>
    public static bool ChangesSet(in Header header) => GrandpaDigest.Read(header.Digest, out ScheduledChange? change) == GrandpaDigestError.None && change is not null;

    /// <summary>Who may make a block final: the authorities in the state before it.</summary>
    public static FinalizerStatus TryGetSet(ChainStore store, in Header header, out AuthoritySet? set)
    {
        set = null;
        if (store.StateAt(header.ParentHash, out StateSnapshot? state) != StateLookup.Found) return FinalizerStatus.NoState;
        AuthoritySetError error = AuthoritySet.TryCreate(Grandpa.CurrentSetId.Get(state!.Main), Grandpa.Authorities.Get(state.Main), out set);
        return error == AuthoritySetError.None ? FinalizerStatus.Finalized : FinalizerStatus.NoAuthorities;
    }

    /// <summary>The header of a block that is known.</summary>
    public static Header HeaderOf(ChainStore store, Hash256 hash) => store.TryGetHeader(hash, out byte[]? encoded)
        ? Scale.Decode<Header>(encoded).Value
        : throw new InvalidOperationException($"The chain has no header {hash}.");
}
