using Phala.Chain;
using Phala.Codec;
using Phala.Testing.Chain;
using Phala.Testing.Chain.Clusters;
using Phala.Worker.Interface.Sync;
using Xunit;

namespace Phala.Tests.Worker;

public sealed class OperatorTests
{
    private static readonly AccountId First = ClusterWorld.Account("operator"), Other = ClusterWorld.Account("mallory");

    [Fact]
    public async Task Who_began_a_worker_stays_its_operator_whoever_else_reaches_its_listener()
    {
        QueueChain chain = QueueChain.Create();
        TestWorker worker = new();
        Assert.Equal(SyncOutcome.Taken, Begin(worker, chain, First));
        Assert.Equal(SyncOutcome.Taken, Begin(worker, chain, Other));
        chain.Append();
        worker.Relayer.Advance(chain, chain.Height);
        Assert.Equal(new Option<AccountId>(First), worker.Relayer.Registration()!.Info.Operator);

        // Nor does it help to take the state away first.
        await worker.StopAsync();
        foreach (string name in worker.Files.List("/data").Where(name => name != "identity.seal")) worker.Files.Delete("/data/" + name);
        worker.Start();
        Assert.Equal(SyncOutcome.Taken, Begin(worker, chain, Other));
        worker.Relayer.Advance(chain, chain.Height);
        Assert.Equal(new Option<AccountId>(First), worker.Relayer.Registration()!.Info.Operator);
    }

    private static SyncOutcome Begin(TestWorker worker, QueueChain chain, AccountId named) =>
        worker.Relayer.Begin(new GenesisInfo(chain.Blocks[0].Header, Vec.Create<byte>(chain.GenesisProof()), QueueSource.Queue, new(named))).Outcome;
}
