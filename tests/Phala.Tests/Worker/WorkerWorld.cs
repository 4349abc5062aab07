using System.Security.Cryptography;
using Phala.Chain;
using Phala.Codec;
using Phala.Crypto.Encryption;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Testing.Chain;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Interface.Sync;
using Xunit;

namespace Phala.Tests.Worker;

/// <summary>A chain, workers on it, and an honest relayer for each.</summary>
internal sealed class WorkerWorld
{
    private readonly List<TestWorker> _workers = [];
    private readonly List<TestRelayer> _relayers = [];
    private int _drawn;

    public WorkerWorld(int workers = 2)
    {
        Pallets = new TestPallets(Chain);
        for (int at = 0; at < workers; at++) Add(new TestWorker());
    }

    public static Hash256 Cluster { get; } = ContractId.OfCluster(1);

    public static AccountId Owner { get; } = ClusterWorld.Owner;

    public static Hash256 Vault { get; } = ClusterWorld.Vault;

    public QueueChain Chain { get; } = QueueChain.Create();

    public TestPallets Pallets { get; }

    public IReadOnlyList<TestWorker> Workers => _workers;

    public TestWorker First => _workers[0];

    /// <summary>Whom blocks are brought to.</summary>
    public IReadOnlyList<TestRelayer> Relayers => _relayers;

    public TestWorker Add(TestWorker worker, QueueSource source = QueueSource.Queue)
    {
        _workers.Add(worker);
        Add(worker.Relayer, source);
        return worker;
    }

    public void Add(TestRelayer relayer, QueueSource source = QueueSource.Queue)
    {
        _relayers.Add(relayer);
        Assert.Equal(SyncOutcome.Taken, relayer.Begin(Chain, source).Outcome);
    }

    /// <summary>Makes a block and brings all workers to it, until nobody sends anything.</summary>
    public void Settle(int most = 12)
    {
        for (int round = 0; round < most; round++)
        {
            Pallets.Seal();
            foreach (TestRelayer relayer in _relayers) relayer.Relay(Chain, Pallets);
            if (!Pallets.HasMessages) return;
        }
    }

    /// <summary>The first worker becomes gatekeeper, and all execute one cluster with a vault.</summary>
    public WorkerWorld BeginCluster()
    {
        Settle();
        Pallets.Push<GatekeeperLaunch>(TestPallets.Pallet, Topics.GatekeeperLaunch, new GatekeeperLaunch.FirstGatekeeper(_relayers[0].Status.Identity, _relayers[0].Status.Identity));
        Settle();
        CreateCluster([.. _relayers.Select(relayer => relayer.Status.Identity)]);
        Settle();
        return this;
    }

    public void CreateCluster(Vec<Sr25519PublicKey> members)
    {
        ClusterSetup setup = new(Owner, 1_000_000_000_000_000, 0, 0, 0, ClusterWorld.Account("treasury"), NativeCode.SystemContract);
        Pallets.Push<ClusterEvent>(TestPallets.Pallet, Topics.ClusterEvent, new ClusterEvent.DeployCluster(Cluster, setup, members));
        Pallets.Push<ClusterOperation>(TestPallets.Pallet, Topics.ClusterOperation, new ClusterOperation.Create(Cluster, setup, members));
        Pallets.Push(ClusterWorld.Instantiate(Owner, NativeCode.Vault, "vault"u8, ClusterWorld.Call("new")));
        Chain.AddContract(Vault, Cluster);
    }

    /// <summary>The command key as the gatekeeper announced it.</summary>
    public X25519PublicKey CommandKey => Pallets.Accepted
        .Where(message => message.Message.Destination == Topics.ClusterKeys)
        .Select(message => Scale.Decode<ClusterKeyMessage>(message.Message.Payload.AsSpan()).Value)
        .OfType<ClusterKeyMessage.Available>().Single().CommandKey;

    /// <summary>Pushes a sealed command to the vault.</summary>
    public void Command(AccountId sender, byte[] message, X25519KeyPair? reply = null, ulong? expiry = null, byte[]? nonce = null)
    {
        CommandBody body = new(Vec.Create<byte>(message), 0, ClusterWorld.Gas, default, reply is null ? default : new(new X25519PublicKey(reply.PublicKey)));
        CommandContext context = new(Chain.Genesis, Cluster, Vault, sender);
        ulong now = Chain.Best.Slot * QueueChain.SlotDuration;
        Assert.Equal(EnvelopeError.None, CommandEnvelope.Seal(context, CommandKey, 0, new CommandNonce(nonce ?? Draw()), expiry ?? (now + 3_600_000), body, RandomNumberGenerator.GetBytes(32), out SealedCommand? sealedCommand));
        Pallets.Push(ClusterWorld.Message(sender, Vault, new CommandPayload.Sealed(sealedCommand!)));
    }

    public void Store(AccountId sender, string name, byte value, X25519KeyPair? reply = null) =>
        Command(sender, ClusterWorld.Call("store", ClusterWorld.Text(name), ClusterWorld.Sequence([value])), reply);

    public byte[] Draw() => ClusterWorld.Bytes($"drawn by the world {_drawn++}");
}
