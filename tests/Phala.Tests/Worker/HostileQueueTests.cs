using Phala.Clusters.Execution;
using Phala.Codec;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Messages;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Worker.Interface.Sync;
using Xunit;

namespace Phala.Tests.Worker;

/// <summary>What aborted every worker of the reference by one message (worker document §7.4), and what else a queue can hold: each is met, changes nothing, and the next command is executed.</summary>
public sealed class HostileQueueTests
{
    private static readonly MessageOrigin Anybody = new MessageOrigin.AccountId(ClusterWorld.Account("mallory"));

    public static TheoryData<string, Message> Messages()
    {
        TheoryData<string, Message> data = [];
        MessageOrigin stranger = new MessageOrigin.Worker(new Phala.Runtime.Interface.Keys.Sr25519PublicKey(ClusterWorld.Bytes("stranger")));
        Vec<byte> gatekeeperEvents = [.. "phala/gatekeeper/event"u8];
        data.Add("1: a system event that can't be read, from a stranger's worker", new Message(stranger, Topics.SystemEvent, [.. "not an event"u8]));
        data.Add("1: the same from a pallet", new Message(TestPallets.Pallet, Topics.SystemEvent, [0xFF, 1, 2]));
        foreach (byte retired in (byte[])[2, 3, 4]) data.Add($"2: a retired gatekeeper event {retired}", new Message(Anybody, gatekeeperEvents, [retired, 0, 0]));
        data.Add("3: an older envelope whose key is no point", Command(new CommandPayload.Encrypted(new EncryptedData(default, new Phala.Runtime.Interface.Keys.Sr25519PublicKey([.. Enumerable.Repeat((byte)0xFF, 32)]), [1, 2, 3]))));
        data.Add("3: a sealed command whose encapsulation is the neutral element", Command(new CommandPayload.Sealed(new SealedCommand(0, default, ulong.MaxValue, Vec.Create<byte>(new byte[64])))));
        data.Add("4: a message shorter than a selector", ClusterWorld.Plain(ClusterWorld.Account("mallory"), WorkerWorld.Vault, [1, 2, 3]));
        data.Add("4: an empty message", ClusterWorld.Plain(ClusterWorld.Account("mallory"), WorkerWorld.Vault, []));
        data.Add("5: a heartbeat that nobody asked for", new Message(stranger, [.. "phala/mining/report"u8], [0, 1, 2, 3]));
        data.Add("5: keys from who is no gatekeeper", Keys(stranger));
        data.Add("a payload that is no command", new Message(Anybody, Topics.Command(WorkerWorld.Vault), [9, 9, 9]));
        data.Add("a command from a worker", new Message(stranger, Topics.Command(WorkerWorld.Vault), [0]));
        data.Add("an operation that can't be read", new Message(TestPallets.Pallet, Topics.ClusterOperation, [77]));
        data.Add("an operation from an account", new Message(Anybody, Topics.ClusterOperation, Vec.Create<byte>(Scale.Encode<ClusterOperation>(new ClusterOperation.DestroyCluster(WorkerWorld.Cluster)))));
        data.Add("a cluster event from an account", new Message(Anybody, Topics.ClusterEvent, Vec.Create<byte>(Scale.Encode<ClusterEvent>(new ClusterEvent.ClusterDestroyed(WorkerWorld.Cluster)))));
        data.Add("a wrap that is none", new Message(new MessageOrigin.Gatekeeper(), Topics.ClusterKeys, Vec.Create<byte>(Scale.Encode<ClusterKeyMessage>(new ClusterKeyMessage.Wrapped(WorkerWorld.Cluster, 0, default, [1, 2, 3])))));
        data.Add("keys of a cluster that there is not", new Message(new MessageOrigin.Gatekeeper(), Topics.ClusterKeys, Vec.Create<byte>(Scale.Encode<ClusterKeyMessage>(new ClusterKeyMessage.Wrapped(default, 0, default, default)))));
        data.Add("a topic of nothing but bytes", new Message(Anybody, [0xFF, 0xFE], [0]));
        return data;
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task It_stops_nobody(string what, Message message)
    {
        WorkerWorld world = new WorkerWorld(1).BeginCluster();
        Hash256 before = RestartTests.RootOf(world.First);
        world.Pallets.Push(message);
        world.Settle();
        Assert.True(world.First.Status.Streams.All(stream => stream.State == StreamState.Running), what);
        Assert.Empty(world.First.Relayer.Faults().ToArray());
        world.Store(ClusterQueries.Alice, "door", 1);
        world.Settle();
        Assert.NotEqual(before, RestartTests.RootOf(world.First));
        Assert.Null(world.First.Core.View.NotServing);

        await world.First.KillAndStartAsync();
        world.Settle();
        Assert.Null(world.First.Core.View.NotServing);
    }

    [Fact]
    public void A_fault_of_the_program_stops_one_cluster_at_one_entry_and_is_tried_again()
    {
        FaultyContract faulty = new();
        ContractCodes codes = new((NativeCode.SystemContract, new Phala.Clusters.Native.SystemContract()), (NativeCode.Vault, faulty));
        WorkerWorld world = new(0);
        TestWorker worker = world.Add(new TestWorker(codes: codes));
        world.BeginCluster();
        Assert.Equal(StreamState.Running, worker.Status.Streams[1].State);

        faulty.IsBroken = true;
        world.Store(ClusterQueries.Alice, "door", 1);
        world.Settle();
        SyncStatus stopped = worker.Status;
        Assert.Equal(StreamState.Faulted, stopped.Streams[1].State);
        Assert.Equal(stopped.Queue, stopped.Streams[0].Applied);
        Assert.True(stopped.Streams[1].Applied.Count < stopped.Queue.Count);
        Assert.Empty(worker.Relayer.Reports().ToArray());
        SignedFaultReport fault = Assert.Single(worker.Relayer.Faults().ToArray());
        Assert.Equal(stopped.Streams[1].Applied, fault.Report.Applied);
        Assert.Equal(1u, fault.Report.Attempts);
        Assert.DoesNotContain(FaultyContract.Secret, fault.Report.Kind, StringComparison.Ordinal);
        Assert.Equal(Phala.Crypto.Signatures.SignatureVerdict.Valid, Phala.Crypto.Signatures.Sr25519.Verify(stopped.Session.AsSpan(), fault.Report.SigningBytes(), fault.Signature.AsSpan()));

        // Tried again it fails again, and nothing is skipped; repaired it goes on and reports what it should have.
        worker.Relayer.Deliver(world.Chain, stopped.Streams[1].Applied);
        Assert.Equal(2u, Assert.Single(worker.Relayer.Faults().ToArray()).Report.Attempts);
        faulty.IsBroken = false;
        worker.Relayer.Deliver(world.Chain, stopped.Streams[1].Applied);
        Assert.Equal(StreamState.Running, worker.Status.Streams[1].State);
        Assert.Equal(worker.Status.Queue, worker.Status.Streams[1].Applied);
        Assert.NotEmpty(worker.Relayer.Reports().ToArray());
    }

    private static Message Command(CommandPayload payload) => ClusterWorld.Message(ClusterWorld.Account("mallory"), WorkerWorld.Vault, payload);

    private static Message Keys(MessageOrigin sender) => new(sender, Topics.ClusterKeys, Vec.Create<byte>(Scale.Encode<ClusterKeyMessage>(new ClusterKeyMessage.Available(WorkerWorld.Cluster, 7, default, default))));
}
