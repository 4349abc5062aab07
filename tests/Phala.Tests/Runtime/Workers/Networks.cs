using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Trie;

namespace Phala.Tests.Runtime.Workers;

/// <summary>Chains on which something is there already.</summary>
internal static class Networks
{
    /// <summary>What commands to the cluster are sealed to.</summary>
    public static readonly X25519PublicKey CommandKey = new([.. Enumerable.Repeat((byte)0xC0, 32)]);

    /// <summary>A chain with the first worker as gatekeeper, which has made its key.</summary>
    public static (PhalaChain Chain, Sr25519KeyPair Master) WithGatekeeper()
    {
        PhalaChain chain = new();
        TestWorker gatekeeper = TestWorker.One;
        chain.Start(gatekeeper);
        chain.Root(new PhalaRegistry.RegisterGatekeeper(gatekeeper.Identity));
        Sr25519KeyPair master = TestWorker.Pair(200, 0);
        chain.MustBare(gatekeeper.Says(0, Topics.RegistryEvent, Encode<RegistryEvent>(new RegistryEvent.MasterPubkey(new Sr25519PublicKey(master.PublicKey)))));
        return (chain, master);
    }

    /// <summary>The same with a cluster of the first two workers, both in session, whose keys are known.</summary>
    public static (PhalaChain Chain, Sr25519KeyPair Master, Sr25519KeyPair Identity, Hash256 Cluster) WithKeys()
    {
        (PhalaChain chain, Sr25519KeyPair master) = WithGatekeeper();
        chain.Start(TestWorker.Two);
        Hash256 cluster = chain.AddCluster(TestWorker.One, TestWorker.Two);
        Sr25519KeyPair identity = TestWorker.Pair(201, 0);
        chain.MustBare(Available(master, 0, cluster, 0, identity));
        return (chain, master, identity, cluster);
    }

    /// <summary>The gatekeepers' message with a cluster's keys.</summary>
    public static PhalaMq.SyncOffchainMessage Available(Sr25519KeyPair master, ulong sequence, Hash256 cluster, uint epoch, Sr25519KeyPair identity) => PhalaChain.Sync(
        master, new MessageOrigin.Gatekeeper(), sequence, Topics.ClusterKeys, Encode<ClusterKeyMessage>(new ClusterKeyMessage.Available(cluster, epoch, CommandKey, new Sr25519PublicKey(identity.PublicKey))));

    public static Vec<byte> Encode<T>(T value)
        where T : IScale<T> => Vec.Create<byte>(Scale.Encode(value));
}
