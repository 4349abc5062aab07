using Phala.Codec;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Workers;
using Phala.Tests.Node.Storage;
using Phala.Trie;
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

    [Fact]
    public async Task Files_of_before_a_cluster_and_an_earlier_head_give_nobody_other_secrets()
    {
        WorkerWorld world = new();
        (TestWorker gatekeeper, TestWorker member) = (world.First, world.Workers[1]);
        world.Settle();
        world.Pallets.Push<GatekeeperLaunch>(TestPallets.Pallet, Topics.GatekeeperLaunch, new GatekeeperLaunch.FirstGatekeeper(gatekeeper.Identity, gatekeeper.Identity));
        world.Settle();
        Assert.True(await gatekeeper.Core.TakeCheckpointAsync());
        MemoryFileSystem old = gatekeeper.Files.Inner.AfterKill();
        world.CreateCluster([gatekeeper.Identity, member.Identity]);
        world.Pallets.Seal();
        int made = world.Chain.Height;
        world.Settle();
        Hash256 root = RestartTests.RootOf(member);

        // The host puts the files back, and shows the block that made the cluster as the newest: secrets are drawn a second time.
        await gatekeeper.StopAsync();
        gatekeeper.Files = new FilesInMemory(old);
        gatekeeper.Start();
        gatekeeper.Relayer.Advance(world.Chain, made);
        gatekeeper.Relayer.Deliver(world.Chain);
        ClusterKeyMessage.Available drawn = Assert.Single(gatekeeper.Relayer.Messages().SelectMany(Keys).OfType<ClusterKeyMessage.Available>());
        Assert.NotEqual(world.CommandKey, drawn.CommandKey);

        // Then it shows the rest, and the other member comes with a new session.
        int accepted = world.Pallets.Accepted.Count;
        await member.KillAndStartAsync();
        world.Settle();
        ClusterKeyMessage[] sent = [.. world.Pallets.Accepted.Skip(accepted).Where(message => message.Message.Destination == Topics.ClusterKeys).Select(message => Scale.Decode<ClusterKeyMessage>(message.Message.Payload.AsSpan()).Value!)];
        Assert.DoesNotContain(sent.OfType<ClusterKeyMessage.Wrapped>(), wrapped => wrapped.Session == member.Core.Session.SigningKey);
        Assert.Equal(StreamState.AwaitingKeys, member.Status.Streams[1].State);
        Assert.Empty(member.Relayer.Reports().ToArray());
        Assert.NotEqual(default, root);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sessions_that_count_no_more_are_given_no_secrets(bool isRemoved)
    {
        WorkerWorld world = new();
        (TestWorker gatekeeper, TestWorker member) = (world.First, world.Workers[1]);
        world.Settle();
        world.Pallets.Push<GatekeeperLaunch>(TestPallets.Pallet, Topics.GatekeeperLaunch, new GatekeeperLaunch.FirstGatekeeper(gatekeeper.Identity, gatekeeper.Identity));
        world.Settle();
        SessionRecord session = world.Pallets.Sessions[member.Identity] with { Measurement = new([.. Enumerable.Repeat((byte)9, 32)]) };
        Record(isRemoved ? session : session with { LeaseEnd = (uint)world.Chain.Height + 1 });
        if (isRemoved) world.Pallets.Push<SystemEvent>(TestPallets.Pallet, Topics.SystemEvent, new SystemEvent.ProgramRemoved(session.Measurement));
        world.Settle();
        world.Pallets.Seal();
        world.CreateCluster([gatekeeper.Identity, member.Identity]);
        Sr25519PublicKey other = Assert.Single(Wrapped(0)).Session;
        Assert.Equal(gatekeeper.Core.Session.SigningKey, other);

        // The same session again, renewed.
        int accepted = world.Pallets.Accepted.Count;
        Record(session with { Lease = 1 });
        Assert.Equal(session.SigningKey, Assert.Single(Wrapped(accepted)).Session);

        void Record(SessionRecord record) => world.Pallets.Push<SystemEvent>(TestPallets.Pallet, Topics.SystemEvent, new SystemEvent.SessionRecorded(member.Identity, record));

        ClusterKeyMessage.Wrapped[] Wrapped(int from)
        {
            world.Settle();
            return [.. world.Pallets.Accepted.Skip(from).Where(message => message.Message.Destination == Topics.ClusterKeys)
                .Select(message => Scale.Decode<ClusterKeyMessage>(message.Message.Payload.AsSpan()).Value).OfType<ClusterKeyMessage.Wrapped>()];
        }
    }

    private static IEnumerable<ClusterKeyMessage> Keys(OutboundMessages outbound) => outbound.Messages.Select(message => Scale.Decode<ClusterKeyMessage>(message.Message.Payload.AsSpan()).Value!);
}
