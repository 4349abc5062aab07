using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Testing.Chain;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Runtime.Workers;

/// <summary>From an empty chain to an anchored command.</summary>
public sealed class CommandPathTests
{
    [Fact]
    public void ACommandIsPushedReportedAnchoredAndTold()
    {
        PhalaChain chain = new();
        TestWorker worker = TestWorker.One;
        chain.Start(worker);
        Hash256 cluster = chain.AddCluster(worker), contract = chain.SystemOf(cluster);
        chain.Must(Actor.Charlie, new PhalaPhatContracts.PushContractMessage(contract, [1, 2, 3], 0));
        PhalaMq.Pushed pushed = Assert.Single(chain.Chain.EventsOf<PhalaMq.Pushed>());
        Assert.Equal(new MessageId(chain.Queue.Count, Channel.OfCluster(cluster), 0), pushed.Id);
        Assert.Equal(new Message(new MessageOrigin.AccountId(Actor.Charlie.Account), Topics.Command(contract), [1, 2, 3]), Assert.Single(chain.Outbound()));

        var receipt = TestWorker.Receipt(chain.Queue.Count, cluster, 0, contract);
        chain.MustBare(worker.Reports(chain, cluster, 7, [receipt]));
        Assert.Equal(new PhalaPhatContracts.CommandExecuted(cluster, receipt), Assert.Single(chain.Chain.EventsOf<PhalaPhatContracts.CommandExecuted>()));
        Assert.Equal(PhalaPhatContracts.ClusterAnchors.Get(chain.Main, cluster), Assert.Single(chain.Chain.EventsOf<PhalaPhatContracts.ClusterAnchored>()).Anchor);
    }
}
