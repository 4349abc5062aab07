using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.LightClient;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;

namespace Phala.Testing.Chain.Light;

/// <summary>Requests of both modes, good ones and one for each thing that can be wrong with them.</summary>
public static class FollowScenarios
{
    /// <summary>Where clients stand before: the set changed below, and changes again above.</summary>
    public const int At = 20;

    private static readonly Vec<byte> Garbage = [8, 1];

    /// <summary>The honest chain.</summary>
    public static QueueChain Chain { get; } = MakeChain();

    /// <summary>Another chain with the same voters.</summary>
    public static QueueChain Foreign { get; } = Grown(QueueChain.Create(mark: 9), 30);

    /// <summary>A chain that leaves the honest one before <see cref="At"/>.</summary>
    public static QueueChain Forked { get; } = Grown(Chain.Fork(At - 4), 30);

    /// <summary>Good requests.</summary>
    public static IReadOnlyList<FollowScenario> Good { get; } =
    [
        Of("one step", FollowError.None, Chain.Jump(At, At + 1)),
        Of("to the end over changes", FollowError.None, Chain.Jump(At, Chain.Height)),
        Of("to a change", FollowError.None, Chain.Jump(At, Number(block => block.Changes))),
        Of("from the genesis", FollowError.None, Chain.Jump(0, At), at: 0),
        Of("a walk over changes", FollowError.None, Chain.Walk(At, Chain.Height), LightClientMode.StorageProof),
        Of("a walk from the genesis", FollowError.None, Chain.Walk(0, 3), LightClientMode.StorageProof, at: 0),
    ];

    /// <summary>Requests that are refused.</summary>
    public static IReadOnlyList<FollowScenario> Bad { get; } = [.. Encodings(), .. Finality(), .. Digests(), .. Slots(), .. Proofs(), .. Contradictions(), .. Walks()];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FollowScenario> All { get; } = [.. Good, .. Bad];

    /// <summary>A client of the honest chain.</summary>
    public static ChainFollower Follower(int at, LightClientMode mode = LightClientMode.Digest)
    {
        ChainFollower follower = Chain.Start(mode);
        if (at > 0 && !follower.Advance(mode == LightClientMode.Digest ? Chain.Jump(0, at) : Chain.Walk(0, at), out _).IsOk) throw new InvalidOperationException("The honest advance is refused.");
        return follower;
    }

    /// <summary>The first block above the client's head of a kind.</summary>
    private static int Number(Func<QueueBlock, bool> isOne) => (int)Chain.Blocks.First(block => block.Header.Number > At && isOne(block)).Header.Number;

    private static QueueChain MakeChain()
    {
        QueueChain chain = RandomQueueChain.Make(seed: 11, blocks: 8);
        chain.Append(changes: true);
        Random random = new(12);
        while (chain.Height < 60)
        {
            bool command = chain.Height % 4 == 0 && chain.Height is (< 28 or > 48);
            Message[] messages = command ? [.. Enumerable.Range(0, 8).Select(_ => RandomQueueChain.NextMessage(random))] : [];
            chain.Append(messages, changes: chain.Height is 27 or 41 or 55, slots: 2);
        }

        return chain;
    }

    private static QueueChain Grown(QueueChain chain, int blocks)
    {
        for (int added = 0; added < blocks; added++) chain.Append();
        return chain;
    }

    private static FollowScenario Of(string name, FollowError expected, AdvanceProof proof, LightClientMode mode = LightClientMode.Digest, int at = At) =>
        new(name, Chain.Genesis, Follower(at, mode).Save(), Scale.Encode(proof), expected);

    /// <summary>The honest chain with one more block after a client's head, and the jump there.</summary>
    private static AdvanceProof.Jump ToNext(Func<Digest, Digest>? edit = null, params TrieChange[] spoil)
    {
        QueueChain chain = Chain.Fork(At);
        chain.Append(edit: edit, spoil: spoil);
        return chain.Jump(At, At + 1);
    }

    private static IEnumerable<FollowScenario> Encodings()
    {
        AdvanceProof.Jump good = Chain.Jump(At, At + 1);
        byte[] bytes = Scale.Encode<AdvanceProof>(good);
        yield return Of("no bytes", FollowError.BadEncoding, good) with { Request = [] };
        yield return Of("cut short", FollowError.BadEncoding, good) with { Request = bytes[..^1] };
        yield return Of("a byte too many", FollowError.BadEncoding, good) with { Request = [.. bytes, 0] };
        yield return Of("a walk for the other mode", FollowError.WrongMode, Chain.Walk(At, At + 1));
        yield return Of("a jump for the other mode", FollowError.WrongMode, good, LightClientMode.StorageProof);
        ChainFollower stopped = Follower(At);
        _ = stopped.Advance(Forked.Jump(At, At + 5), out _);
        yield return Of("after the client has stopped", FollowError.Stopped, good) with { State = stopped.Save() };
    }

    private static IEnumerable<FollowScenario> Finality()
    {
        AdvanceProof.Jump step = Chain.Jump(At, At + 1), far = Chain.Jump(At, Chain.Height);
        yield return Of("the head again", FollowError.NotAscending, step with { Target = Chain.Fragment(At) });
        yield return Of("a block below the head", FollowError.NotAscending, step with { Target = Chain.Fragment(At - 1) });
        yield return Of("changes out of order", FollowError.NotJustified, far with { Changes = [.. far.Changes.ToArray().Reverse()] });
        yield return Of("a change twice", FollowError.NotAscending, far with { Changes = [far.Changes[0], .. far.Changes] });
        yield return Of("a change left out", FollowError.NotJustified, far with { Changes = [.. far.Changes.ToArray().Skip(1)] });
        yield return Of("no change where there is one", FollowError.NotJustified, far with { Changes = [] });
        yield return Of("another block's justification", FollowError.NotJustified, step with { Target = step.Target with { Justification = Chain.Justify(At + 2) } });
        yield return Of("a retired set", FollowError.NotJustified, step with { Target = step.Target with { Justification = QueueVoter.Justify(Chain.Blocks[At + 1].Id, 0) } });
        yield return Of("a change that announces nothing", FollowError.MissingChange, Chain.Jump(At, At + 2) with { Changes = [Chain.Fragment(At + 1)] });
        yield return LastSet();
    }

    private static FollowScenario LastSet()
    {
        QueueChain chain = Chain.Fork(At);
        chain.Append(changes: true);
        int set = chain.Best.Set;
        FinalityClaim head = Chain.Claim(At, PhalaMq.QueueHead.Prefix.ToArray()) with
        {
            SetId = ulong.MaxValue,
            Finalized = new WarpSyncFragment(Chain.Blocks[At].Header, QueueVoter.Justify(Chain.Blocks[At].Id, set, setId: ulong.MaxValue)),
        };
        AdvanceProof.Jump jump = chain.Jump(At, At + 1);
        return Of("a set after the last", FollowError.LastSet, jump with { Target = jump.Target with { Justification = QueueVoter.Justify(chain.Best.Id, set, setId: ulong.MaxValue) } }) with
        {
            State = Scale.Encode(Follower(At).State with { Head = head }),
        };
    }

    private static IEnumerable<FollowScenario> Digests()
    {
        static DigestItem Log(GrandpaLog log) => new DigestItem.Consensus(EngineId.Grandpa, [.. Scale.Encode(log)]);
        yield return Of("a pause", FollowError.UnsupportedDigest, ToNext(digest => digest.With(Log(new GrandpaLog.Pause(1)))));
        yield return Of("a forced change", FollowError.UnsupportedDigest, ToNext(digest => digest.With(Log(new GrandpaLog.Forced(1, new ScheduledChange(QueueVoter.ListOf(1), 0))))));
        yield return Of("a set without voters", FollowError.InvalidNextSet, ToNext(digest => digest.With(new ScheduledChange([], 0).ToDigestItem())));
        yield return Of("a queue head of too few bytes", FollowError.BadQueueDigest, ToNext(digest => digest.With(new DigestItem.Consensus(EngineId.MessageQueue, [1]))));
        yield return Of("two queue heads", FollowError.BadQueueDigest, ToNext(digest => digest.With(Chain.Best.Queue.ToDigestItem()).With(Chain.Best.Queue.ToDigestItem())));
        yield return Of("an empty queue with a hash", FollowError.BadQueueDigest, ToNext(digest => digest.With(new QueueHead(0, Chain.Genesis).ToDigestItem())));
    }

    private static IEnumerable<FollowScenario> Slots()
    {
        ulong slot = Chain.Blocks[At].Slot;
        yield return Of("no slot", FollowError.BadSlot, ToNext(_ => default));
        yield return Of("two slots", FollowError.BadSlot, ToNext(digest => digest.With(AuraSeal.Claim(slot + 1))));
        yield return Of("the slot of the head", FollowError.SlotNotAscending, ToNext(_ => new Digest([AuraSeal.Claim(slot)])));
        yield return Of("a slot beyond all time", FollowError.SlotOutOfRange, ToNext(_ => new Digest([AuraSeal.Claim((ulong.MaxValue / QueueChain.SlotDuration) + 1)])));
        QueueChain chain = Chain.Fork(At);
        chain.Append(edit: _ => new Digest([AuraSeal.Claim(slot)]));
        yield return Of("the slot of the head, on a walk", FollowError.SlotNotAscending, chain.Walk(At, At + 1), LightClientMode.StorageProof);
    }

    private static IEnumerable<FollowScenario> Proofs()
    {
        byte[] hash = FrameSystem.BlockHash.Key(At), head = PhalaMq.QueueHead.Prefix.ToArray();
        int quiet = Number(block => block.Added is null);
        AdvanceProof.Jump step = Chain.Jump(At, quiet);
        yield return Of("no proof", FollowError.MissingHashProof, step with { ReadProof = [] });
        yield return Of("bytes that are no proof", FollowError.BadReadProof, step with { ReadProof = [1, 2, 3] });
        yield return Of("a proof of another state", FollowError.BadReadProof, step with { ReadProof = Chain.ReadProof(At, hash, head) });
        yield return Of("a proof of the queue alone", FollowError.MissingHashProof, step with { ReadProof = Chain.ReadProof(quiet, head) });
        yield return Of("a proof of the hash alone", FollowError.MissingQueueProof, step with { ReadProof = Chain.ReadProof(quiet, hash) });
        yield return Of("a state without the hash", FollowError.HashNotKept, ToNext(spoil: TrieChange.Remove(hash)));
        yield return Of("a state with half a hash", FollowError.HashNotKept, ToNext(spoil: TrieChange.Set(hash, new byte[16])));
        yield return Of("a state with half a queue head", FollowError.BadQueueValue, ToNext(spoil: TrieChange.Set(head, new byte[16])));
        yield return Of("a state with an empty queue and a hash", FollowError.BadQueueValue, ToNext(spoil: QueueChain.Set(PhalaMq.QueueHead, new QueueHead(0, Chain.Genesis))));
        yield return Of("another genesis", FollowError.ForeignGenesis, Foreign.Jump(0, 9), at: 0);
        AdvanceProof.Jump foreign = Foreign.Jump(4, 9) with { ReadProof = Foreign.ReadProof(9, FrameSystem.BlockHash.Key(4), FrameSystem.BlockHash.Key(0), head) };
        yield return Of("another chain that shows its genesis", FollowError.ForeignGenesis, foreign, at: 4);
    }

    private static IEnumerable<FollowScenario> Contradictions()
    {
        yield return Of("a fork below the head", FollowError.ContradictsHistory, Forked.Jump(At, At + 5));
        yield return Of("another chain", FollowError.ContradictsHistory, Foreign.Jump(4, 9), at: 4);
        QueueHead queue = Chain.Blocks[At].Queue;
        yield return Of("a shorter queue", FollowError.ContradictsQueue, ToNext(spoil: QueueChain.Set(PhalaMq.QueueHead, new QueueHead(queue.Count - 1, queue.Hash))));
        yield return Of("another queue", FollowError.ContradictsQueue, ToNext(digest => digest.With(new QueueHead(queue.Count, Chain.Genesis).ToDigestItem())));
    }

    private static IEnumerable<FollowScenario> Walks()
    {
        AdvanceProof.Walk far = Chain.Walk(At, Chain.Height);
        WalkedBlock[] blocks = far.Blocks.ToArray();
        int busy = Array.FindIndex(blocks, block => Chain.Blocks[(int)block.Header.Number].Added is { Bodies.Length: > 1 });
        byte[] messages = PhalaMq.OutboundMessages.Prefix.ToArray();
        yield return Walk("a walk without blocks", FollowError.Empty, []);
        yield return Walk("the head again, on a walk", FollowError.NotAscending, [Chain.Walked(At, true), .. blocks]);
        yield return Walk("a block left out", FollowError.BrokenChain, [.. blocks[..2], .. blocks[3..]]);
        yield return Walk("a fork", FollowError.BrokenChain, [.. Forked.Walk(At, At + 2).Blocks]);
        yield return Walk("no justification at the end", FollowError.MissingJustification, [.. blocks[..^1], blocks[^1] with { Justification = default }]);
        yield return Walk("no justification at a change", FollowError.MissingJustification, [.. blocks.Select((block, index) => index < blocks.Length - 1 ? block with { Justification = default } : block)]);
        yield return Walk("another's justification", FollowError.NotJustified, [.. blocks[..^1], blocks[^1] with { Justification = blocks.First(block => block.Justification.IsSome).Justification }]);
        yield return Walk("no proof of messages", FollowError.BadReadProof, Changed(0, block => block with { ReadProof = [] }));
        yield return Walk("a proof of something else", FollowError.MissingMessages, Changed(busy, block => block with { ReadProof = Chain.ReadProof((int)block.Header.Number, [0xFF]) }));
        yield return Walk("a proof of messages alone", FollowError.MissingContract, Changed(busy, block => block with { ReadProof = Chain.ReadProof((int)block.Header.Number, messages) }));
        QueueChain chain = Chain.Fork(At);
        chain.Append(spoil: TrieChange.Set(messages, Garbage.ToArray()));
        yield return Walk("messages that are none", FollowError.BadMessages, [.. chain.Walked(At + 1, [messages])]);
        chain = Chain.Fork(At);
        chain.Append(edit: digest => digest.With(new DigestItem.Consensus(EngineId.Grandpa, [.. Scale.Encode<GrandpaLog>(new GrandpaLog.Pause(1))])));
        chain.Append();
        yield return Walk("a pause, on a walk", FollowError.UnsupportedDigest, chain.Walk(At, At + 2).Blocks.ToArray());

        static FollowScenario Walk(string name, FollowError expected, WalkedBlock[] walked) => Of(name, expected, new AdvanceProof.Walk([.. walked]), LightClientMode.StorageProof);
        WalkedBlock[] Changed(int index, Func<WalkedBlock, WalkedBlock> change) => [.. blocks.Select((block, at) => at == index ? change(block) : block)];
    }
}
