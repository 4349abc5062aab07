using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;
using Phala.Trie.Proofs;

namespace Phala.LightClient;

/// <summary>A light client: follows a chain from its genesis by what its authorities have finalized, and believes no one else.</summary>
/// <remarks>
/// <para><b>Concept.</b> The genesis' hash is the trust root. A read proof under it gives the first authorities; each later set stands in a header that the set before has finalized. A final header
/// shows the queue's head, which commits to all entries, and a state root, under which anything else can be read (<see cref="ProvenState"/>).</para>
/// <para><b>Invariant.</b> Number, slot and queue only go forward. A request is taken as a whole or changes nothing, with one exception: a final block that contradicts the client's history stops
/// it for ever, and <see cref="Evidence"/> then shows both. Any bytes give an answer.</para>
/// <para><b>Trust.</b> Who holds the right genesis hash, and believes that of each set voters of less than a third of the weight were faulty while it was in office, believes every
/// <see cref="Head"/>. Those who carry requests can withhold, and nothing else. Not thread-safe; heads may be shared.</para>
/// </remarks>
public sealed class ChainFollower
{
    /// <summary>The longest request that is looked at, in bytes.</summary>
    public const int MaxRequestLength = 64 * 1024 * 1024;

    private ChainFollower(VerifiedHead head) => Head = head;

    /// <summary>The last final block that is known.</summary>
    public VerifiedHead Head { get; private set; }

    /// <summary>What is kept: <see cref="TryRestore"/> makes a client of it again.</summary>
    public LightClientState State => Head.State;

    /// <summary>Why the client believes no one any more; null while it does.</summary>
    public Evidence? Evidence => State.Stopped;

    /// <summary>Starts with the genesis.</summary>
    /// <param name="genesis">The hash that is trusted.</param>
    /// <param name="header">The header of that hash.</param>
    /// <param name="readProof">A read proof under its state root of <c>Grandpa.Authorities</c> and <c>Aura.SlotDuration</c>, <c>SCALE(Vec&lt;Vec&lt;u8&gt;&gt;)</c>.</param>
    /// <param name="mode">Where the queue's head will come from.</param>
    /// <param name="follower">The client.</param>
    /// <returns><see cref="StartError.None"/>, or why there is none. Any header and any proof give an answer.</returns>
    public static StartError TryStart(in Hash256 genesis, in Header header, ReadOnlyMemory<byte> readProof, LightClientMode mode, out ChainFollower? follower)
    {
        follower = null;
        if (header.Hash() != genesis) return StartError.WrongGenesis;
        if (header.Number != 0) return StartError.NotGenesis;
        if (!ProvenState.TryOpen(readProof.ToArray(), header.StateRoot, out ProvenState? state, out _)) return StartError.BadReadProof;
        if (state.TryRead(Grandpa.Authorities, out Vec<GrandpaAuthority> authorities) != ProvenLookup.Present) return StartError.MissingAuthorities;
        if (AuthoritySet.TryCreate(0, authorities, out AuthoritySet? set) != AuthoritySetError.None) return StartError.InvalidSet;
        if (state.TryRead(Aura.SlotDuration, out ulong duration) != ProvenLookup.Present) return StartError.MissingSlotDuration;
        if (duration == 0) return StartError.ZeroSlotDuration;

        FinalityClaim claim = new(new WarpSyncFragment(header, default), 0, authorities, default);
        LightClientState first = new(LightClientState.CurrentVersion, genesis, mode, duration, claim, QueueHead.Empty, 0, null);
        follower = new ChainFollower(VerifiedHead.Of(first, new FinalizedHead(new BlockId(genesis, 0), set!), set!, 0));
        return StartError.None;
    }

    /// <summary>Goes on where another client of the same chain stopped. Verifies again what its state says.</summary>
    /// <param name="genesis">The hash that is trusted.</param>
    /// <param name="encoded">The encoding of <see cref="State"/>.</param>
    /// <param name="follower">The client.</param>
    /// <returns><see cref="RestoreError.None"/>, or why there is none. Any bytes give an answer.</returns>
    public static RestoreError TryRestore(in Hash256 genesis, ReadOnlySpan<byte> encoded, out ChainFollower? follower)
    {
        follower = null;
        if (encoded.IsEmpty || encoded[0] != LightClientState.CurrentVersion) return RestoreError.UnknownVersion;
        if (!Scale.Decode<LightClientState>(encoded).TryGet(out LightClientState? state)) return RestoreError.BadEncoding;
        if (state.Genesis != genesis) return RestoreError.OtherGenesis;
        RestoreError error = VerifiedHead.TryCreate(state, out VerifiedHead? head);
        if (error == RestoreError.None) follower = new ChainFollower(head!);
        return error;
    }

    /// <summary>The encoding of <see cref="State"/>.</summary>
    public byte[] Save() => Scale.Encode(State);

    /// <summary>Follows an encoded advance, which must fill the bytes.</summary>
    /// <inheritdoc cref="Advance(AdvanceProof, out IReadOnlyList{DerivedEntry})"/>
    /// <param name="encoded">The bytes.</param>
    /// <param name="entries"/>
    public FollowResult Advance(ReadOnlySpan<byte> encoded, out IReadOnlyList<DerivedEntry> entries)
    {
        entries = [];
        if (Evidence is not null) return new FollowResult(FollowError.Stopped);
        if (encoded.Length > MaxRequestLength) return new FollowResult(FollowError.TooLarge);
        return Scale.Decode<AdvanceProof>(encoded).TryGet(out AdvanceProof? proof) ? Advance(proof, out entries) : new FollowResult(FollowError.BadEncoding);
    }

    /// <summary>Follows an advance to its target, or changes nothing, unless it contradicts what was final.</summary>
    /// <param name="proof">The way.</param>
    /// <param name="entries">The entries between, where the client derives them; otherwise none.</param>
    /// <returns>Whether it was followed, or why not. Any advance gives an answer.</returns>
    public FollowResult Advance(AdvanceProof proof, out IReadOnlyList<DerivedEntry> entries)
    {
        entries = [];
        if (Evidence is not null) return new FollowResult(FollowError.Stopped);
        VerifiedHead? next;
        FollowResult result;
        switch (proof)
        {
            case AdvanceProof.Jump jump when State.Mode == LightClientMode.Digest:
                JumpRule rule = new(Head, jump);
                result = rule.Check(out next);
                if (rule.Evidence is { } evidence) Head = Head.Stop(evidence);
                break;
            case AdvanceProof.Walk walk when State.Mode == LightClientMode.StorageProof:
                result = new WalkRule(Head, walk).Check(out next, out entries);
                break;
            default:
                return new FollowResult(FollowError.WrongMode);
        }

        if (result.IsOk) Head = next!;
        return result;
    }

    /// <summary>Takes note of a final block, at the head's number or below, that is none of the client's chain. If it is one, the client stops for ever.</summary>
    /// <param name="claim">The block, made final by the set that made the head final. Retired sets are not heard: their keys may be anybody's by now.</param>
    /// <param name="headProof">A read proof of <c>System.BlockHash</c> of the block's number under the state root of the head; empty where the number is the head's.</param>
    /// <returns><see cref="ConflictError.None"/> where the client has stopped, or why not. Any claim gives an answer.</returns>
    public ConflictError TryReportConflict(in FinalityClaim claim, Vec<byte> headProof)
    {
        if (Evidence is not null) return ConflictError.Stopped;
        BlockId block = BlockId.Of(claim.Finalized.Header);
        if (block.Number > Head.Block.Number) return ConflictError.NotBelow;
        if (block.Number == 0 || !claim.IsBy(Head.FinalizedBy)) return ConflictError.UnknownSet;
        if (claim.Finalized.Justification.Verify(Head.FinalizedBy, block) != JustificationError.None) return ConflictError.NotJustified;

        FinalityClaim plain = claim with { ReadProof = default };
        ConflictError error = block.Number == Head.Block.Number
            ? (block.Hash == Head.Block.Hash ? ConflictError.NoConflict : ConflictError.None)
            : CheckBelow(block, headProof);
        if (error != ConflictError.None) return error;
        Head = Head.Stop(block.Number == Head.Block.Number
            ? new Evidence(State.Genesis, State.Head, default, plain)
            : new Evidence(State.Genesis, plain, default, State.Head with { ReadProof = headProof }));
        return ConflictError.None;
    }

    private ConflictError CheckBelow(in BlockId block, Vec<byte> headProof)
    {
        if (!QueueReading.IsHashKept(block.Number, Head.Block.Number)) return ConflictError.TooOld;
        if (!ProvenState.TryOpen(headProof.ToArray(), Head.Header.StateRoot, out ProvenState? state, out ProofError _)) return ConflictError.BadReadProof;
        if (state.TryRead(FrameSystem.BlockHash, block.Number, out Hash256 hash) != ProvenLookup.Present) return ConflictError.MissingHashProof;
        return hash == block.Hash ? ConflictError.NoConflict : ConflictError.None;
    }
}
