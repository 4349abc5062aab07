using Phala.Codec;
using Phala.Runtime.Interface.Messages;
using Phala.Worker.Interface.Sync;
using Xunit;

namespace Phala.Tests.Worker;

/// <summary>The office of a gatekeeper: what is missing is sent, and what waits is not missing.</summary>
public sealed class GatekeeperTests
{
    [Fact]
    public void What_waits_for_the_chain_is_not_sent_again()
    {
        WorkerWorld world = new(1);
        TestWorker worker = world.First;
        world.Settle();
        world.Pallets.Push<GatekeeperLaunch>(TestPallets.Pallet, Topics.GatekeeperLaunch, new GatekeeperLaunch.FirstGatekeeper(worker.Identity, worker.Identity));
        world.Settle();
        world.CreateCluster([worker.Identity]);

        // Blocks come, and nothing is taken to the chain.
        for (int block = 0; block < 5; block++)
        {
            world.Pallets.Seal();
            worker.Relayer.Advance(world.Chain, world.Chain.Height);
            worker.Relayer.Deliver(world.Chain);
        }

        ClusterKeyMessage[] waiting = [.. worker.Relayer.Messages().Where(outbound => outbound.Sender is MessageOrigin.Gatekeeper).SelectMany(Keys)];
        Assert.Single(waiting.OfType<ClusterKeyMessage.Available>());
        Assert.Single(waiting.OfType<ClusterKeyMessage.Wrapped>());
        Assert.Equal(2, waiting.Length);
    }

    private static IEnumerable<ClusterKeyMessage> Keys(OutboundMessages outbound) => outbound.Messages.Select(message => Scale.Decode<ClusterKeyMessage>(message.Message.Payload.AsSpan()).Value!);
}
