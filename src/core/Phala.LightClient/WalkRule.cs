using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;
using Phala.Trie.Proofs;

namespace Phala.LightClient;

/// <summary>The rule of <see cref="AdvanceProof.Walk"/>: that all headers are one final chain first, then what each of them adds to the queue.</summary>
internal ref struct WalkRule(VerifiedHead head, AdvanceProof.Walk walk)
{
    private readonly List<DerivedEntry> _entries = [];
    private FinalizedHead _finalized = new(head.Block, head.Set);
    private AuthoritySet _finalizedBy = head.Set;
    private ulong _slot = head.Slot;
    private QueueHead _queue = head.Queue;
    private uint _lastEntry = head.State.LastEntry;

    /// <summary>Checks all of it.</summary>
    /// <param name="next">The head after it.</param>
    /// <param name="entries">The entries between.</param>
    public FollowResult Check(out VerifiedHead? next, out IReadOnlyList<DerivedEntry> entries)
    {
        (next, entries) = (null, []);
        FollowResult result = CheckFinality();
        if (!result.IsOk) return result;
        for (int at = 0; at < walk.Blocks.Length; at++)
        {
            result = Derive(walk.Blocks[at], at);
            if (!result.IsOk) return result;
        }

        WalkedBlock last = walk.Blocks[walk.Blocks.Length - 1];
        _ = last.Justification.TryGet(out Justification justification);
        FinalityClaim claim = new(new WarpSyncFragment(last.Header, justification), _finalizedBy.Id, _finalizedBy.Authorities, default);
        LightClientState state = head.State with { Head = claim, Queue = _queue, LastEntry = _lastEntry };
        (next, entries) = (VerifiedHead.Of(state, _finalized, _finalizedBy, _slot), _entries);
        return default;
    }

    private FollowResult CheckFinality()
    {
        if (walk.Blocks.Length == 0) return new FollowResult(FollowError.Empty);
        if (walk.Blocks[0].Header.Number <= head.Block.Number) return new FollowResult(FollowError.NotAscending);
        BlockId parent = head.Block;
        for (int at = 0; at < walk.Blocks.Length; at++)
        {
            WalkedBlock block = walk.Blocks[at];
            if (block.Header.ParentHash != parent.Hash || block.Header.Number - 1 != parent.Number) return new FollowResult(FollowError.BrokenChain, at);
            FollowResult result = Follow(block, at);
            if (!result.IsOk) return result;
            parent = BlockId.Of(block.Header);
        }

        return default;
    }

    private FollowResult Follow(in WalkedBlock block, int at)
    {
        if (!block.Justification.TryGet(out Justification justification))
        {
            GrandpaDigestError unsupported = GrandpaDigest.Read(block.Header.Digest, out ScheduledChange? change);
            if (unsupported != GrandpaDigestError.None) return FollowResult.Of(new AdvanceResult(AdvanceError.UnsupportedDigest, Digest: unsupported), at);
            return change is not null || at == walk.Blocks.Length - 1 ? new FollowResult(FollowError.MissingJustification, at) : default;
        }

        AdvanceResult result = _finalized.TryAdvance(block.Header, justification, out FinalizedHead? next);
        if (!result.IsOk) return FollowResult.Of(result, at);
        (_finalizedBy, _finalized) = (_finalized.Set, next!);
        return default;
    }

    private FollowResult Derive(in WalkedBlock block, int at)
    {
        FollowError error = VerifiedHead.ReadSlot(block.Header.Digest, head.State.SlotDuration, out ulong slot);
        if (error == FollowError.None && block.Header.Number > 1 && slot <= _slot) error = FollowError.SlotNotAscending;
        if (error != FollowError.None) return new FollowResult(error, at);
        if (!ProvenState.TryOpen(block.ReadProof.ToArray(), block.Header.StateRoot, out ProvenState? state, out ProofError proof)) return new FollowResult(FollowError.BadReadProof, at, Proof: proof);

        error = ReadDraft(state, out EntryDraft draft);
        if (error != FollowError.None) return new FollowResult(error, at);
        _slot = slot;
        if (draft.IsEmpty && block.Header.Number - _lastEntry < QueueEntry.TickInterval) return default;
        QueueEntry entry = draft.Build(block.Header.Number, block.Header.ParentHash, slot * head.State.SlotDuration);
        (_queue, _lastEntry) = (_queue.Append(entry.Hash()), block.Header.Number);
        _entries.Add(new DerivedEntry(entry, BodiesOf(entry, draft)));
        return default;
    }

    private static FollowError ReadDraft(ProvenState state, out EntryDraft draft)
    {
        draft = new EntryDraft();
        switch (state.TryRead(PhalaMq.OutboundMessages, out Vec<Message> messages))
        {
            case ProvenLookup.Missing: return FollowError.MissingMessages;
            case ProvenLookup.Malformed: return FollowError.BadMessages;
        }

        bool isUnclear = false;
        foreach (Message message in messages) draft.Add(message, QueueRouting.ChannelOf(message, ClusterOf));
        return isUnclear ? FollowError.MissingContract : FollowError.None;

        Hash256? ClusterOf(Hash256 contract)
        {
            ProvenLookup lookup = state.TryRead(PhalaPhatContracts.Contracts, contract, out var info);
            isUnclear |= lookup is ProvenLookup.Missing or ProvenLookup.Malformed;
            return lookup == ProvenLookup.Present ? info.Cluster : null;
        }
    }

    private static Vec<ChannelBody> BodiesOf(QueueEntry entry, EntryDraft draft)
    {
        ChannelBody[] bodies = new ChannelBody[entry.Channels.Length];
        for (int at = 0; at < bodies.Length; at++)
        {
            Channel channel = entry.Channels[at].Channel;
            bodies[at] = new ChannelBody(channel, Vec.Create<byte>(Scale.Encode<VecCodec<Message, Message>, Vec<Message>>(draft.Messages(channel))));
        }

        return Vec.Create<ChannelBody>(bodies);
    }
}
