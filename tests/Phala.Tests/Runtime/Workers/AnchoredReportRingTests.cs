using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Pallets.Clusters;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Trie.Storage;
using Xunit;

namespace Phala.Tests.Runtime.Workers;

/// <summary>What was anchored last can be proven, and no cluster's state grows for ever.</summary>
public sealed class AnchoredReportRingTests
{
    private static readonly Hash256 One = ClusterWorld.Hash("one"), Two = ClusterWorld.Hash("two");

    private readonly TrieOverlay _state = new StateOverlay(StateSnapshot.Empty(StateVersion.V1)).Main;

    [Fact]
    public void TheLastOnesAreKeptInTheOrderInWhichTheyWereAnchoredByEachClusterAlone()
    {
        ulong[] anchored = [5, 9, 7, 30, 31, 28, 40];
        for (int at = 0; at < anchored.Length; at++)
        {
            AnchoredReportRing.Keep(_state, new ClusterCount(One, anchored[at]), Report(anchored[at]), most: 3);
            if (at == 2) AnchoredReportRing.Keep(_state, new ClusterCount(Two, 5), Report(5), most: 3);
            Assert.Equal(anchored.Take(at + 1).TakeLast(3).Order(), anchored.Where(count => IsKept(One, count)).Order());
        }

        Assert.True(IsKept(Two, 5));
        Assert.Equal(7ul, PhalaPhatContracts.AnchoredTotals.Get(_state, One));
        Assert.Equal(1ul, PhalaPhatContracts.AnchoredTotals.Get(_state, Two));
    }

    [Fact]
    public void AsManyAreKeptAsTheInterfaceSays()
    {
        ulong last = PhalaPhatContracts.ReportsKept + 10;
        for (ulong count = 1; count <= last; count++) AnchoredReportRing.Keep(_state, new ClusterCount(One, count), Report(count));
        Assert.Equal((false, true, true), (IsKept(One, 10), IsKept(One, 11), IsKept(One, last)));
        Assert.Equal((int)PhalaPhatContracts.ReportsKept, Enumerable.Range(1, (int)last).Count(count => IsKept(One, (ulong)count)));
    }

    private bool IsKept(in Hash256 cluster, ulong count)
    {
        bool isKept = PhalaPhatContracts.AnchoredReports.TryGet(_state, new ClusterCount(cluster, count), out Hash256 report);
        if (isKept) Assert.Equal(Report(count), report);
        return isKept;
    }

    private static Hash256 Report(ulong count) => new([.. BitConverter.GetBytes(count), .. new byte[Hash256.Size - sizeof(ulong)]]);
}
