using Phala.Codec;
using Phala.Node.TxPool;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Transactions;
using Phala.Testing.Chain;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Runtime.Workers;

/// <summary>What members report of entries, and what the chain makes of it.</summary>
public sealed class ReportTests
{
    private static readonly TestWorker One = TestWorker.One, Two = TestWorker.Two, Three = TestWorker.Three;

    private readonly PhalaChain _chain = new();
    private readonly Hash256 _cluster, _system;

    public ReportTests()
    {
        foreach (TestWorker worker in (TestWorker[])[One, Two, Three]) _chain.Start(worker);
        _cluster = _chain.AddCluster(One, Two, Three);
        _system = _chain.SystemOf(_cluster);
    }

    [Fact]
    public void AnEntryIsAnchoredWhenEnoughMembersReportItAlike()
    {
        _chain.Must(Actor.Bob, new PhalaPhatContracts.SetReportQuorum(_cluster, 2));
        _chain.Must(Actor.Eve, new PhalaPhatContracts.PushContractMessage(_system, [1], 0));
        _chain.Chain.Author(_chain.Chain.Sign(Actor.Eve, new PhalaPhatContracts.PushContractMessage(_system, [2], 0)), _chain.Chain.Sign(Actor.Dave, new PhalaPhatContracts.PushContractMessage(_system, [3], 0)));
        Vec<Receipt> receipts = [TestWorker.Receipt(_chain.Queue.Count, _cluster, 0, _system), TestWorker.Receipt(_chain.Queue.Count, _cluster, 1, _system) with { Status = new ReceiptStatus.NotExecuted(NotExecuted.Expired) }];
        PhalaPhatContracts.ReportEntry first = One.Reports(_chain, _cluster, 7, receipts), second = Two.Reports(_chain, _cluster, 7, receipts), third = Three.Reports(_chain, _cluster, 7, receipts);
        _chain.MustBare(first);
        Assert.Empty(_chain.Chain.EventsOf<PhalaPhatContracts.ClusterAnchored>());
        Assert.False(PhalaPhatContracts.ClusterAnchors.TryGet(_chain.Main, _cluster, out _));
        _chain.MustBare(second);
        ClusterReport report = first.Report.Report;
        ClusterAnchor anchor = new(report.Queue, report.StateRoot, report.ReceiptsRoot, report.Hash(), 2);
        Assert.Equal(new PhalaPhatContracts.ClusterAnchored(_cluster, anchor), Assert.Single(_chain.Chain.EventsOf<PhalaPhatContracts.ClusterAnchored>()));
        Assert.Equal(anchor, PhalaPhatContracts.ClusterAnchors.Get(_chain.Main, _cluster));
        Assert.Equal(receipts.ToArray().Select(receipt => new PhalaPhatContracts.CommandExecuted(_cluster, receipt)), _chain.Chain.EventsOf<PhalaPhatContracts.CommandExecuted>());
        Assert.Equal(InvalidTransaction.Stale, _chain.BareRefusal(third));
        Assert.Equal(InvalidTransaction.Stale, _chain.BareRefusal(first));
        Assert.Empty(_chain.Outbound());
    }

    [Fact]
    public void EveryEntryIsAnchoredOnceAndTheNewestStands()
    {
        _chain.Must(Actor.Eve, new PhalaPhatContracts.PushContractMessage(_system, [1], 0));
        PhalaPhatContracts.ReportEntry older = One.Reports(_chain, _cluster, 1, [TestWorker.Receipt(_chain.Queue.Count, _cluster, 0, _system)]);
        _chain.Must(Actor.Eve, new PhalaPhatContracts.PushContractMessage(_system, [2], 0));
        PhalaPhatContracts.ReportEntry newer = One.Reports(_chain, _cluster, 2, [TestWorker.Receipt(_chain.Queue.Count, _cluster, 0, _system)]);
        _chain.MustBare(newer);
        _chain.MustBare(older);
        Assert.Single(_chain.Chain.EventsOf<PhalaPhatContracts.CommandExecuted>());
        Assert.Single(_chain.Chain.EventsOf<PhalaPhatContracts.ClusterAnchored>());
        Assert.Equal(newer.Report.Report.Queue, PhalaPhatContracts.ClusterAnchors.Get(_chain.Main, _cluster).Queue);

        // A larger quorum afterwards makes nothing of it happen twice, and a smaller one nothing by itself.
        _chain.Must(Actor.Bob, new PhalaPhatContracts.SetReportQuorum(_cluster, 2));
        Assert.Equal(InvalidTransaction.Stale, _chain.BareRefusal(Two.Reports(older.Report.Report)));
        Assert.Equal([older.Report.Report.Queue.Count, newer.Report.Report.Queue.Count], PhalaPhatContracts.VotedCounts.Get(_chain.Main, _cluster).ToArray());
    }

    [Fact]
    public void TwoReportsThatDifferAreEvidence()
    {
        _chain.Must(Actor.Bob, new PhalaPhatContracts.SetReportQuorum(_cluster, 2));
        _chain.Must(Actor.Eve, new PhalaPhatContracts.PushContractMessage(_system, [1], 0));
        PhalaPhatContracts.ReportEntry good = One.Reports(_chain, _cluster, 1), bad = Two.Reports(_chain, _cluster, 2), alike = Three.Reports(_chain, _cluster, 1), back = Two.Reports(good.Report.Report), third = Two.Reports(_chain, _cluster, 3);
        _chain.MustBare(good);
        _chain.MustBare(bad);
        ReportVote first = new(One.Identity, new(One.Session().PublicKey), good.Report.Report.Hash()), second = new(Two.Identity, new(Two.Session().PublicKey), bad.Report.Report.Hash());
        Assert.Equal(new PhalaPhatContracts.ReportsDiffer(_cluster, good.Report.Report.Queue.Count, first, second), Assert.Single(_chain.Chain.EventsOf<PhalaPhatContracts.ReportsDiffer>()));

        // Who said one thing and then another is counted with the first alone, and heard no third time.
        _chain.MustBare(back);
        Assert.Empty(_chain.Chain.EventsOf<PhalaPhatContracts.ReportsDiffer>());
        Assert.Empty(_chain.Chain.EventsOf<PhalaPhatContracts.ClusterAnchored>());
        Assert.Equal(InvalidTransaction.Stale, _chain.BareRefusal(third));
        _chain.MustBare(alike);
        Assert.Equal(2u, Assert.Single(_chain.Chain.EventsOf<PhalaPhatContracts.ClusterAnchored>()).Anchor.Members);
        Assert.Equal(first.Report, PhalaPhatContracts.ClusterAnchors.Get(_chain.Main, _cluster).ReportHash);

        // Also what comes when the entry is anchored.
        PhalaPhatContracts.ReportEntry late = Three.Reports(good.Report.Report with { StateRoot = default });
        _chain.MustBare(late);
        Assert.Equal(late.Report.Report.Hash(), Assert.Single(_chain.Chain.EventsOf<PhalaPhatContracts.ReportsDiffer>()).Second.Report);
        Assert.Empty(_chain.Chain.EventsOf<PhalaPhatContracts.ClusterAnchored>());
        Assert.Equal(first.Report, PhalaPhatContracts.AnchoredReports.Get(_chain.Main, new ClusterCount(_cluster, good.Report.Report.Queue.Count)));
    }

    [Fact]
    public void WhatAProgramReportsThatWasRemovedIsNotCounted()
    {
        PhalaPhatContracts.ReportEntry good = One.Reports(_chain, _cluster, 1);
        _chain.Root(new PhalaRegistry.RemovePruntime(PhalaChain.Program));
        Message told = Assert.Single(_chain.Outbound());
        Assert.Equal((Topics.SystemEvent, new SystemEvent.ProgramRemoved(PhalaChain.Program)), (told.Destination, Scale.Decode<SystemEvent>(told.Payload.AsSpan()).Value));
        Refused(good);
        _chain.Root(new PhalaRegistry.AddPruntime(PhalaChain.Program));
        _chain.MustBare(good);
    }

    [Fact]
    public void OnlyAMembersCurrentSessionReports()
    {
        Hash256 free = Free();
        PhalaPhatContracts.ReportEntry good = One.Reports(_chain, _cluster, 1);
        Refused(One.Reports(good.Report.Report, session: 2));
        Refused(good with { Report = good.Report with { Worker = Two.Identity } });
        Refused(One.Reports(good.Report.Report with { Cluster = free }));
        Assert.Equal(TransactionValidityError.Custom((byte)PhalaPhatContracts.Error.ClusterNotFound), _chain.BareRefusal(One.Reports(good.Report.Report with { Cluster = default })));
        Refused(good with { Report = good.Report with { Report = good.Report.Report with { Previous = _system } } });
        _chain.MustBare(One.Claim(_chain, 2));
        Refused(good);
        _chain.MustBare(One.Reports(good.Report.Report, session: 2));
        _chain.Must(Actor.Bob, new PhalaPhatContracts.RemoveWorkerFromCluster(Two.Identity, _cluster));
        Refused(Two.Reports(_chain, _cluster, 1));

        Hash256 Free()
        {
            TestWorker other = new(9);
            _chain.Start(other);
            return _chain.AddCluster(other);
        }
    }

    [Fact]
    public void ASessionReportsUntilItsLeaseEnds()
    {
        uint end = PhalaRegistry.Sessions.Get(_chain.Main, One.Identity).LeaseEnd;
        while (_chain.Chain.Best.Number < end - 2) _chain.Chain.Author();
        PhalaPhatContracts.ReportEntry first = One.Reports(_chain, _cluster, 1);
        _chain.MustBare(first);
        Assert.Equal(end - 1, _chain.Chain.Best.Number);
        _chain.MustBare(One.Reports(first.Report.Report with { StateRoot = default }));
        Refused(One.Reports(_chain, _cluster, 9));
        _chain.MustBare(One.Claim(_chain, 1, 1));
        _chain.MustBare(One.Reports(_chain, _cluster, 9));
    }

    [Fact]
    public void AReportIsOfAnEntryThatExists()
    {
        ClusterReport good = One.Reports(_chain, _cluster, 1).Report.Report;
        Refused(One.Reports(good with { Queue = default }));
        Refused(One.Reports(good with { Queue = good.Queue with { Hash = default } }));
        Refused(One.Reports(good with { Queue = good.Queue with { Count = good.Queue.Count + 1 } }));
        Refused(One.Reports(good with { Queue = good.Queue with { Count = ulong.MaxValue } }));
        _chain.MustBare(One.Reports(good));
    }

    [Fact]
    public void ReceiptsAreOfTheEntryInOrderAndUnderTheirRoot()
    {
        ulong count = _chain.Queue.Count;
        Receipt zero = TestWorker.Receipt(count, _cluster, 0, _system), one = TestWorker.Receipt(count, _cluster, 1, _system);
        Vec<Receipt>[] wrong =
        [
            [one, zero], [zero, zero], [zero with { Id = zero.Id with { Count = count - 1 } }], [zero with { Id = zero.Id with { Channel = Channel.System } }], [zero with { Id = zero.Id with { Channel = Channel.OfCluster(_system) } }],
        ];
        foreach (Vec<Receipt> receipts in wrong) Refused(One.Reports(_chain, _cluster, 1, receipts));
        ClusterReport good = One.Reports(_chain, _cluster, 1, [zero, one]).Report.Report;
        Refused(One.Reports(good with { ReceiptsRoot = default }));
        Refused(One.Reports(good with { Receipts = [zero] }));
        Refused(One.Reports(good with { Receipts = [zero, one with { GasBucket = 9 }] }));
        _chain.MustBare(One.Reports(good));

        // The root is that of a trie with the receipts under their places.
        byte[][] items = [Scale.Encode(zero), Scale.Encode(one)];
        Phala.Trie.MerkleTrie trie = Phala.Trie.MerkleTrie.Empty(StateVersion.V1).Apply(TrieDelta.Create([TrieChange.Set(new byte[] { 0 }, items[0]), TrieChange.Set(new byte[] { 4 }, items[1])]));
        Assert.Equal(trie.Root, good.ReceiptsRoot);
    }

    [Fact]
    public void ReportsCollapseInThePoolByClusterEntryAndMember()
    {
        PhalaPhatContracts.ReportEntry call = One.Reports(_chain, _cluster, 1), other = One.Reports(_chain, _cluster, 2);
        byte[] tag = [4 * 18, .. "PhalaClusterReport"u8, .. _cluster.AsSpan(), .. BitConverter.GetBytes(_chain.Queue.Count), .. One.Identity.AsSpan()];
        Assert.Equal(tag, Assert.Single(_chain.Valid(PhalaChain.Bare(call)).Provides.ToArray()).ToArray());
        TransactionPool pool = new(_chain.Chain.Runtime, _chain.Chain.Best, _chain.Chain.State, new PoolOptions(), TimeProvider.System);
        Assert.Equal(PoolError.None, pool.Submit(PhalaChain.Bare(call), out _).Error);
        Assert.Equal(PoolError.TooLowPriority, pool.Submit(PhalaChain.Bare(other), out _).Error);
        Assert.Equal(PoolError.None, pool.Submit(PhalaChain.Bare(Two.Reports(_chain, _cluster, 1)), out _).Error);
        Assert.True(_chain.Do(Actor.Eve, call).Result.Failed(out DispatchError error));
        Assert.Equal(DispatchErrorKind.BadOrigin, error.Kind);
        Assert.NotEqual(PoolError.None, pool.Submit(PhalaChain.Bare(One.Reports(call.Report.Report, session: 2)), out _).Error);
    }

    [Fact]
    public void VotesOfTheLast256EntriesAreKept()
    {
        List<PhalaPhatContracts.ReportEntry> reports = [];
        for (int at = 0; at < 258; at++)
        {
            _chain.Must(Actor.Eve, new PhalaMq.PushMessage(Vec.Create("a"u8), default));
            reports.Add(One.Reports(_chain, _cluster, 1));
            if (at > 0) _chain.MustBare(reports[^1]);
        }

        ulong[] kept = PhalaPhatContracts.VotedCounts.Get(_chain.Main, _cluster).ToArray();
        Assert.Equal(reports[2..].Select(report => report.Report.Report.Queue.Count), kept);
        ClusterCount gone = new(_cluster, reports[1].Report.Report.Queue.Count), there = new(_cluster, kept[0]);
        Assert.Equal(0, PhalaPhatContracts.ReportVotes.Get(_chain.Main, gone).Length);
        Assert.Equal(reports[1].Report.Report.Hash(), PhalaPhatContracts.AnchoredReports.Get(_chain.Main, gone));
        Assert.Equal(1, PhalaPhatContracts.ReportVotes.Get(_chain.Main, there).Length);
        Assert.Equal(InvalidTransaction.Stale, _chain.BareRefusal(reports[1]));
        Assert.Equal(InvalidTransaction.Stale, _chain.BareRefusal(Two.Reports(reports[0].Report.Report)));
        Assert.Equal(InvalidTransaction.Stale, _chain.BareRefusal(Two.Reports(reports[2].Report.Report)));
        _chain.MustBare(Two.Reports(reports[2].Report.Report with { StateRoot = default }));
        Assert.Single(_chain.Chain.EventsOf<PhalaPhatContracts.ReportsDiffer>());

        // One member would be enough here, but the entry is anchored.
        Assert.Empty(_chain.Chain.EventsOf<PhalaPhatContracts.ClusterAnchored>());
        Assert.Equal(reports[2].Report.Report.Hash(), PhalaPhatContracts.AnchoredReports.Get(_chain.Main, there));
        ClusterAnchor last = PhalaPhatContracts.ClusterAnchors.Get(_chain.Main, _cluster);
        _chain.Root(new PhalaPhatContracts.ClusterDestroy(_cluster));
        Assert.Equal(0, PhalaPhatContracts.ReportVotes.Get(_chain.Main, there).Length);
        Assert.Equal(0, PhalaPhatContracts.VotedCounts.Get(_chain.Main, _cluster).Length);
        Assert.Equal(last, PhalaPhatContracts.ClusterAnchors.Get(_chain.Main, _cluster));
        Assert.Equal(reports[1].Report.Report.Hash(), PhalaPhatContracts.AnchoredReports.Get(_chain.Main, gone));
    }

    private void Refused(PhalaPhatContracts.ReportEntry call) => Assert.Equal(TransactionValidityError.Custom((byte)PhalaPhatContracts.Error.InvalidReport), _chain.BareRefusal(call));
}
