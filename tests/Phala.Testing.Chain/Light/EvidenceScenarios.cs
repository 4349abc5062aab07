using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.LightClient;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Queue;

namespace Phala.Testing.Chain.Light;

/// <summary>Evidence of each kind, and one for each thing that can be wrong with it.</summary>
public static class EvidenceScenarios
{
    private const int At = FollowScenarios.At;

    private static readonly QueueChain Chain = FollowScenarios.Chain, Forked = FollowScenarios.Forked;

    /// <summary>Two blocks of one number.</summary>
    public static Evidence SameNumber { get; } = new(Chain.Genesis, Chain.Claim(At), [], Forked.Claim(At));

    /// <summary>A higher block whose chain has another block at the lower one's number, finalized by one set.</summary>
    public static Evidence History { get; } = new(Chain.Genesis, Chain.Claim(At), [], Forked.Claim(At + 5, FrameSystem.BlockHash.Key(At)));

    /// <summary>The same, over changes of the set.</summary>
    public static Evidence HistoryOverChanges { get; } = MakeOverChanges();

    /// <summary>A queue that becomes shorter.</summary>
    public static Evidence Queue { get; } = MakeQueue();

    /// <summary>All of them.</summary>
    public static IReadOnlyList<EvidenceScenario> All { get; } =
    [
        Good("two blocks of one number", SameNumber, EvidenceKind.SameNumber),
        Good("another block at the lower one's number", History, EvidenceKind.History),
        Good("another block at the lower one's number, over changes of the set", HistoryOverChanges, EvidenceKind.History),
        Good("a queue that becomes shorter", Queue, EvidenceKind.Queue),
        Good("a set that is known", History, EvidenceKind.History) with { Trusted = Set(Chain, At) },
        Bad("cut short", History, EvidenceError.BadEncoding) with { Encoded = Scale.Encode(History)[..^1] },
        Bad("another chain", History with { Genesis = Chain.Best.Hash }, EvidenceError.OtherGenesis),
        Bad("a set without voters", History with { Higher = History.Higher with { Authorities = [] } }, EvidenceError.InvalidSet),
        Bad("a set that is not the known one", History, EvidenceError.UntrustedSet) with { Trusted = Set(Chain, 1) },
        Bad("the higher block first", History with { Lower = History.Higher, Higher = History.Lower }, EvidenceError.BadOrder),
        Bad("the genesis", History with { Lower = Chain.Claim(0) }, EvidenceError.BadOrder),
        Bad("a lower block that is not final", History with { Lower = Chain.Claim(At) with { Finalized = Forged(Chain, At) } }, EvidenceError.LowerNotFinal),
        Bad("a higher block that is not final", History with { Higher = History.Higher with { Finalized = Forged(Forked, At + 5) } }, EvidenceError.HigherNotFinal),
        Bad("a way where none is needed", History with { Way = [Chain.Fragment(At)] }, EvidenceError.BadWay),
        Bad("no way where one is needed", HistoryOverChanges with { Way = [] }, EvidenceError.BadWay),
        Bad("a way out of order", HistoryOverChanges with { Way = [.. HistoryOverChanges.Way.ToArray().Reverse()] }, EvidenceError.BadWay),
        Bad("one set under two lists", History with { Higher = History.Higher with { Authorities = QueueVoter.ListOf(40) } }, EvidenceError.BadWay),
        Bad("one block twice", SameNumber with { Higher = SameNumber.Lower }, EvidenceError.NoContradiction),
        Bad("two blocks of one chain", new Evidence(Chain.Genesis, Chain.Claim(At), [], Chain.Claim(At + 5, FrameSystem.BlockHash.Key(At))), EvidenceError.NoContradiction),
        Bad("no proof", History with { Higher = History.Higher with { ReadProof = [] } }, EvidenceError.NoContradiction),
        Bad("another chain that shows its genesis", OtherChain(), EvidenceError.NoContradiction),
        Bad("a queue that goes on", Queue with { Higher = Chain.Claim(At + 1, PhalaMq.QueueHead.Prefix.ToArray()) }, EvidenceError.NoContradiction),
    ];

    private static AuthoritySet Set(QueueChain chain, int number) => AuthoritySet.Create((ulong)chain.Blocks[number].Set, QueueVoter.ListOf(chain.Blocks[number].Set));

    private static EvidenceScenario Good(string name, Evidence evidence, EvidenceKind kind) => new(name, Scale.Encode(evidence), null, EvidenceError.None, kind);

    private static EvidenceScenario Bad(string name, Evidence evidence, EvidenceError expected) => new(name, Scale.Encode(evidence), null, expected);

    private static WarpSyncFragment Forged(QueueChain chain, int number) =>
        new(chain.Blocks[number].Header, QueueVoter.Justify(chain.Blocks[number].Id, chain.Blocks[number].Set + 30, setId: (ulong)chain.Blocks[number].Set));

    private static Evidence MakeOverChanges()
    {
        QueueChain chain = Chain.Fork(At - 1);
        for (int added = 0; added < 12; added++) chain.Append(changes: added is 3 or 6);
        AdvanceProof.Jump jump = chain.Jump(At, At + 10);
        return new Evidence(Chain.Genesis, Chain.Claim(At), jump.Changes, chain.Claim(At + 10, FrameSystem.BlockHash.Key(At)));
    }

    private static Evidence MakeQueue()
    {
        QueueChain chain = Chain.Fork(At);
        chain.Append(spoil: QueueChain.Set(PhalaMq.QueueHead, QueueHead.Empty));
        byte[] head = PhalaMq.QueueHead.Prefix.ToArray();
        return new Evidence(Chain.Genesis, Chain.Claim(At, head), [], chain.Claim(At + 1, head, FrameSystem.BlockHash.Key(At)));
    }

    private static Evidence OtherChain()
    {
        QueueChain foreign = FollowScenarios.Foreign;
        return new Evidence(Chain.Genesis, Chain.Claim(4), [], foreign.Claim(9, FrameSystem.BlockHash.Key(4), FrameSystem.BlockHash.Key(0)));
    }
}
