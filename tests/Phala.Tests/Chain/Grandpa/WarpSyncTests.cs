using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Xunit;

namespace Phala.Tests.Chain.Grandpa;

/// <summary>Following a chain over changes of its authorities.</summary>
public sealed class WarpSyncTests
{
    private const int Changes = 5;

    private static readonly WarpSyncFragment[] Fragments = TestSets.Fragments(Changes);

    [Fact]
    public void EachHeaderIsJustifiedByTheSetBeforeItAndHandsOverToTheNext()
    {
        byte[] encoded = Scale.Encode(new WarpSyncProof([.. Fragments], IsFinished: true));
        Assert.Equal(new WarpSyncResult(WarpSyncError.None, Changes + 1), WarpSyncProof.Verify(encoded, TestSets.Start(), out FinalizedHead end));
        Assert.Equal((BlockId.Of(Fragments[^1].Header), (ulong)Changes), (end.Block, end.Set.Id));
        Assert.Equal(TestSets.List(Changes), end.Set.Authorities);
    }

    [Fact]
    public void AnUnfinishedProofEndsWithAChangeAndCanBeContinued()
    {
        WarpSyncProof first = new([.. Fragments[..2]], IsFinished: false), second = new([.. Fragments[2..]], IsFinished: true);
        Assert.True(first.Verify(TestSets.Start(), out FinalizedHead middle).IsOk);
        Assert.Equal(2ul, middle.Set.Id);
        Assert.True(second.Verify(middle, out FinalizedHead end).IsOk);
        Assert.Equal((ulong)Changes, end.Set.Id);
    }

    [Fact]
    public void EachDefectHasItsNameAndTheWayBeforeItCounts()
    {
        Assert.Equal(WarpSyncError.Empty, Run([], true, out _).Error);
        Assert.Equal(WarpSyncError.BadEncoding, WarpSyncProof.Verify([1, 2, 3], TestSets.Start(), out _).Error);
        Assert.Equal(new WarpSyncResult(WarpSyncError.MissingChange, Changes), Run(Fragments, false, out FinalizedHead end));
        Assert.Equal((ulong)Changes, end.Set.Id);
        Assert.Equal(new WarpSyncResult(WarpSyncError.MissingChange, 0), Run([Plain(), Fragments[0]], true, out _));
        Assert.Equal(new WarpSyncResult(WarpSyncError.BadFragment, 1, new AdvanceResult(AdvanceError.NotJustified, JustificationError.BadSignature)),
            Run([Fragments[0], Fragments[2]], true, out end));
        Assert.Equal((BlockId.Of(Fragments[0].Header), 1ul), (end.Block, end.Set.Id));
        Assert.Equal(new WarpSyncResult(WarpSyncError.BadFragment, 1, new AdvanceResult(AdvanceError.NotAscending)), Run([Fragments[0], Fragments[0]], true, out _));
    }

    [Fact]
    public void AHeaderMustBeTheJustifiedOne()
    {
        Header other = Fragments[0].Header with { ExtrinsicsRoot = default };
        Assert.Equal(new AdvanceResult(AdvanceError.NotJustified, JustificationError.WrongTarget), TestSets.Start().TryAdvance(other, Fragments[0].Justification, out FinalizedHead? next));
        Assert.Null(next);
    }

    [Fact]
    public void ADigestThatCannotBeFollowedHasItsName()
    {
        ScheduledChange change = new(TestSets.List(1), 0);
        AssertDigest(GrandpaDigestError.None, Log(new GrandpaLog.OnDisabled(3)));
        AssertDigest(GrandpaDigestError.None, new DigestItem.Consensus(EngineId.Aura, [2]), Log(new GrandpaLog.Scheduled(change)));
        AssertDigest(GrandpaDigestError.SecondChange, Log(new GrandpaLog.Scheduled(change)), Log(new GrandpaLog.Scheduled(change)));
        AssertDigest(GrandpaDigestError.DelayedChange, Log(new GrandpaLog.Scheduled(change with { Delay = 1 })));
        AssertDigest(GrandpaDigestError.ForcedChange, Log(new GrandpaLog.Forced(1, change)));
        AssertDigest(GrandpaDigestError.ForcedChange, Log(new GrandpaLog.Scheduled(change)), Log(new GrandpaLog.Forced(1, change)));
        AssertDigest(GrandpaDigestError.Pause, Log(new GrandpaLog.Pause(1)));
        AssertDigest(GrandpaDigestError.Resume, Log(new GrandpaLog.Resume(1)));
        AssertDigest(GrandpaDigestError.MalformedLog, new DigestItem.Consensus(EngineId.Grandpa, [6]));
        AssertDigest(GrandpaDigestError.MalformedLog, new DigestItem.Consensus(EngineId.Grandpa, [.. Scale.Encode<GrandpaLog>(new GrandpaLog.Pause(1)), 0]));
        AssertDigest(GrandpaDigestError.None, new DigestItem.PreRuntime(EngineId.Grandpa, [6]), new DigestItem.Other([1]));
    }

    [Fact]
    public void AuthoritiesThatMakeNoSetAreRefused()
    {
        Header header = TestBlocks.Child(default, 10, 1, new Digest([new ScheduledChange([], 0).ToDigestItem()]));
        Assert.Equal(new AdvanceResult(AdvanceError.InvalidNextSet, NextSet: AuthoritySetError.NoVoters), TestSets.Start().TryAdvance(header, TestSets.Justify(header, 0), out _));
    }

    [Fact]
    public void TheSetWithTheHighestNumberIsTheLast()
    {
        Header header = TestBlocks.Child(default, 10, 1, TestSets.Announcing(1));
        BlockId block = BlockId.Of(header);
        FinalizedHead head = new(new BlockId(default, 0), AuthoritySet.Create(ulong.MaxValue, TestSets.List(0)));
        Justification justification = new(1, new Commit(block.Hash, block.Number, [.. Enumerable.Range(0, 3).Select(letter => TestVoter.Named(letter).Vote(block, 1, ulong.MaxValue))]), []);
        Assert.Equal(new AdvanceResult(AdvanceError.LastSet), head.TryAdvance(header, justification, out _));
    }

    [Fact]
    public void TheChangesBytesAreSubstrates()
    {
        DigestItem.Consensus item = new ScheduledChange([TestVoter.Authority('A', 2)], 0).ToDigestItem();
        Assert.Equal("04" + "46524e4b" + "b8" + "01" + "04" + TestVoter.Named('A').Id.ToString()[2..] + "0200000000000000" + "00000000", Convert.ToHexStringLower(Scale.Encode<DigestItem>(item)));
    }

    [Fact]
    public void AFinalityProofShowsItsBlockAndTheWayThere()
    {
        Header first = TestBlocks.Child(default, 8, 1), second = TestBlocks.Child(first.Hash(), 9, 2), last = TestBlocks.Child(second.Hash(), 10, 3);
        AuthoritySet set = TestSets.Start().Set;
        byte[] justification = Scale.Encode(TestSets.Justify(last, 0));
        FinalityProof good = new(last.Hash(), [.. justification], [second, last]);
        Assert.Equal(FinalityProofError.None, FinalityProof.Verify(Scale.Encode(good), set, out FinalityProof decoded));
        Assert.Equal(good, decoded);
        Assert.Equal(FinalityProofError.None, (good with { UnknownHeaders = [] }).Verify(set));
        Assert.Equal(FinalityProofError.BadEncoding, FinalityProof.Verify([.. Scale.Encode(good), 1], set, out _));
        Assert.Equal(FinalityProofError.BadJustification, good.Verify(AuthoritySet.Create(1, set.Authorities)));
        Assert.Equal(FinalityProofError.BadJustification, (good with { Justification = [.. justification, 0] }).Verify(set));
        Assert.Equal(FinalityProofError.WrongBlock, (good with { Block = second.Hash() }).Verify(set));
        Assert.Equal(FinalityProofError.BrokenHeaders, (good with { UnknownHeaders = [second] }).Verify(set));
        Assert.Equal(FinalityProofError.BrokenHeaders, (good with { UnknownHeaders = [first, last] }).Verify(set));
        Assert.Equal(FinalityProofError.BrokenHeaders, (good with { UnknownHeaders = [last, second] }).Verify(set));
    }

    private static WarpSyncResult Run(WarpSyncFragment[] fragments, bool isFinished, out FinalizedHead end) =>
        new WarpSyncProof([.. fragments], isFinished).Verify(TestSets.Start(), out end);

    private static WarpSyncFragment Plain()
    {
        Header header = TestBlocks.Child(default, 5, 77);
        return new WarpSyncFragment(header, TestSets.Justify(header, 0));
    }

    private static DigestItem.Consensus Log(GrandpaLog log) => new(EngineId.Grandpa, [.. Scale.Encode<GrandpaLog>(log)]);

    private static void AssertDigest(GrandpaDigestError expected, params DigestItem[] items)
    {
        Digest digest = new([.. items]);
        Assert.Equal(expected, GrandpaDigest.Read(digest, out ScheduledChange? change));
        if (expected != GrandpaDigestError.None) Assert.Null(change);
        Header header = TestBlocks.Child(default, 10, 1, digest);
        AdvanceResult advance = TestSets.Start().TryAdvance(header, TestSets.Justify(header, 0), out FinalizedHead? next);
        Assert.Equal(expected == GrandpaDigestError.None ? default : new AdvanceResult(AdvanceError.UnsupportedDigest, Digest: expected), advance);
        Assert.Equal(expected == GrandpaDigestError.None ? (change is null ? 0ul : 1ul) : null, next?.Set.Id);
    }
}
