using Phala.Chain;
using Phala.Codec;
using Phala.LightClient;

namespace Phala.Testing.Chain.Light;

/// <summary>States of light clients, good ones and one for each thing that can be wrong with them.</summary>
public static class RestoreScenarios
{
    private const int At = FollowScenarios.At;

    private static readonly QueueChain Chain = FollowScenarios.Chain;

    private static readonly LightClientState First = FollowScenarios.Follower(0).State, Later = FollowScenarios.Follower(At + 2).State,
        Derived = FollowScenarios.Follower(At + 1, LightClientMode.StorageProof).State;

    /// <summary>A client that has stopped.</summary>
    public static LightClientState Stopped { get; } = FollowScenarios.Follower(At).State with { Stopped = EvidenceScenarios.History };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<RestoreScenario> All { get; } =
    [
        Of("at the genesis", First),
        Of("later", Later),
        Of("at a change", FollowScenarios.Follower(27 + 1).State),
        Of("deriving the queue", Derived),
        Of("deriving the queue, at the genesis", FollowScenarios.Follower(0, LightClientMode.StorageProof).State),
        Of("stopped", Stopped),
        Of("no bytes", Later, RestoreError.UnknownVersion) with { Encoded = [] },
        Of("a later version", Later with { Version = 2 }, RestoreError.UnknownVersion),
        Of("cut short", Later, RestoreError.BadEncoding) with { Encoded = Scale.Encode(Later)[..^1] },
        Of("another chain", Later with { Genesis = Chain.Best.Hash }, RestoreError.OtherGenesis),
        Of("slots that take no time", Later with { SlotDuration = 0 }, RestoreError.ZeroSlotDuration),
        Of("a set without voters", Later with { Head = Later.Head with { Authorities = [] } }, RestoreError.InvalidSet),
        Of("a genesis with a queue", First with { Queue = Later.Queue }, RestoreError.BadGenesis),
        Of("a genesis with an entry", First with { LastEntry = 1 }, RestoreError.BadGenesis),
        Of("a genesis of a later set", First with { Head = First.Head with { SetId = 1 } }, RestoreError.BadGenesis),
        Of("a genesis with a justification", First with { Head = First.Head with { Finalized = First.Head.Finalized with { Justification = Chain.Justify(1) } } }, RestoreError.BadGenesis),
        Of("a genesis with a proof", First with { Head = First.Head with { ReadProof = [0] } }, RestoreError.BadGenesis),
        Of("another genesis", First with { Head = FollowScenarios.Foreign.Start().State.Head }, RestoreError.BadGenesis),
        Of("another block's justification", Later with { Head = Later.Head with { Finalized = Later.Head.Finalized with { Justification = Chain.Justify(1) } } }, RestoreError.NotFinal),
        Of("another set", Later with { Head = Later.Head with { SetId = Later.Head.SetId + 1 } }, RestoreError.NotFinal),
        Of("a slot beyond all time", Later with { SlotDuration = ulong.MaxValue / 4 }, RestoreError.BadSlot),
        Of("no slot", Slotless(), RestoreError.BadSlot),
        Of("another queue", Later with { Queue = Later.Queue with { Count = Later.Queue.Count + 1 } }, RestoreError.BadQueue),
        Of("a queue without its proof", Later with { Head = Later.Head with { ReadProof = [] } }, RestoreError.BadQueue),
        Of("an entry where none is derived", Later with { LastEntry = 1 }, RestoreError.BadQueue),
        Of("an entry above the head", Derived with { LastEntry = At + 2 }, RestoreError.BadQueue),
        Of("entries without a block", Derived with { LastEntry = 0 }, RestoreError.BadQueue),
        Of("no entries, and a hash", Derived with { LastEntry = 0, Queue = Derived.Queue with { Count = 0 } }, RestoreError.BadQueue),
        Of("a derived queue with a proof", Derived with { Head = Derived.Head with { ReadProof = [0] } }, RestoreError.BadQueue),
        Of("evidence of nothing", Stopped with { Stopped = EvidenceScenarios.SameNumber with { Higher = EvidenceScenarios.SameNumber.Lower } }, RestoreError.BadEvidence),
    ];

    private static RestoreScenario Of(string name, LightClientState state, RestoreError expected = RestoreError.None) => new(name, Chain.Genesis, Scale.Encode(state), expected);

    private static LightClientState Slotless()
    {
        QueueChain chain = Chain.Fork(At);
        chain.Append(edit: digest => new Digest([.. digest.Logs.ToArray().Where(item => item is not DigestItem.PreRuntime { } slot || slot.Engine != EngineId.Aura), chain.Best.Queue.ToDigestItem()]));
        return Later with { Head = chain.Claim(At + 1), Queue = chain.Best.Queue };
    }
}
