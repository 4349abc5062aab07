using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Runtime.Workers;

/// <summary>Who is a gatekeeper, and the keys that gatekeepers make known.</summary>
public sealed class GatekeeperTests
{
    private static readonly TestWorker One = TestWorker.One, Two = TestWorker.Two;

    [Fact]
    public void TheFirstMakesTheKeyAndLaterOnesComeWhenItIsKnown()
    {
        PhalaChain chain = new();
        chain.RootFails(new PhalaRegistry.RegisterGatekeeper(One.Identity), PhalaRegistry.Error.WorkerNotFound);
        chain.Register(One);
        chain.Register(Two);
        chain.RootFails(new PhalaRegistry.UnregisterGatekeeper(One.Identity), PhalaRegistry.Error.InvalidGatekeeper);
        chain.Root(new PhalaRegistry.RegisterGatekeeper(One.Identity));
        Assert.Equal(new PhalaRegistry.GatekeeperAdded(One.Identity), Assert.Single(chain.Chain.EventsOf<PhalaRegistry.GatekeeperAdded>()));
        Assert.Equal(new GatekeeperLaunch.FirstGatekeeper(One.Identity, One.Identity), Read<GatekeeperLaunch>(chain, Topics.GatekeeperLaunch));
        chain.RootFails(new PhalaRegistry.RegisterGatekeeper(One.Identity), PhalaRegistry.Error.InvalidGatekeeper);
        chain.RootFails(new PhalaRegistry.RegisterGatekeeper(Two.Identity), PhalaRegistry.Error.MasterKeyUninitialized);
        chain.RootFails(new PhalaRegistry.UnregisterGatekeeper(One.Identity), PhalaRegistry.Error.CannotRemoveLastGatekeeper);

        Sr25519PublicKey master = new(TestWorker.Pair(200, 0).PublicKey), other = new(TestWorker.Pair(202, 0).PublicKey);
        chain.MustBare(Two.Says(0, Topics.RegistryEvent, Networks.Encode<RegistryEvent>(new RegistryEvent.MasterPubkey(other))));
        chain.MustBare(One.Says(0, Topics.RegistryEvent, Networks.Encode<RegistryEvent>(new RegistryEvent.MasterPubkey(new Sr25519PublicKey([.. Enumerable.Repeat((byte)0xFF, 32)])))));
        Assert.False(PhalaRegistry.GatekeeperMasterPubkey.TryGet(chain.Main, out _));
        chain.MustBare(One.Says(1, Topics.RegistryEvent, Networks.Encode<RegistryEvent>(new RegistryEvent.MasterPubkey(master))));
        Assert.Single(chain.Chain.EventsOf<PhalaRegistry.GatekeeperLaunched>());
        Assert.Equal(new GatekeeperLaunch.MasterPubkeyOnChain(master), Read<GatekeeperLaunch>(chain, Topics.GatekeeperLaunch));
        Assert.Equal((chain.Chain.Best.Number, Timestamp.Now.Get(chain.Main) / 1000), PhalaRegistry.GatekeeperLaunchedAt.Get(chain.Main));
        chain.MustBare(One.Says(2, Topics.RegistryEvent, Networks.Encode<RegistryEvent>(new RegistryEvent.MasterPubkey(other))));
        Assert.Empty(chain.Outbound());
        Assert.Equal(master, PhalaRegistry.GatekeeperMasterPubkey.Get(chain.Main));

        chain.Root(new PhalaRegistry.RegisterGatekeeper(Two.Identity));
        Assert.Equal(new GatekeeperChange.Registered(Two.Identity, Two.Identity), Read<GatekeeperChange>(chain, Topics.GatekeeperChange));
        Assert.Equal([One.Identity, Two.Identity], PhalaRegistry.Gatekeeper.Get(chain.Main).ToArray());
        chain.Root(new PhalaRegistry.UnregisterGatekeeper(One.Identity));
        Assert.Equal(new PhalaRegistry.GatekeeperRemoved(One.Identity), Assert.Single(chain.Chain.EventsOf<PhalaRegistry.GatekeeperRemoved>()));
        Assert.Equal(new GatekeeperChange.Unregistered(One.Identity), Read<GatekeeperChange>(chain, Topics.GatekeeperChange));
        Assert.Equal([Two.Identity], PhalaRegistry.Gatekeeper.Get(chain.Main).ToArray());
    }

    [Fact]
    public void ClustersKeysAreKnownEpochByEpochAndNeverChange()
    {
        (PhalaChain chain, Sr25519KeyPair master) = Networks.WithGatekeeper();
        Hash256 cluster = chain.AddCluster(One);
        Sr25519KeyPair identity = TestWorker.Pair(201, 0), other = TestWorker.Pair(203, 0);
        ulong sequence = 0;
        void Says(Hash256 about, uint epoch, Sr25519KeyPair key) => chain.MustBare(Networks.Available(master, sequence++, about, epoch, key));

        Says(cluster, 1, identity);
        Says(default, 0, identity);
        Assert.False(PhalaRegistry.ClusterEpochs.TryGet(chain.Main, cluster, out _));
        Says(cluster, 0, identity);
        Sr25519PublicKey key = new(identity.PublicKey);
        Assert.Equal(new PhalaRegistry.ClusterKeyAvailable(cluster, 0, Networks.CommandKey), Assert.Single(chain.Chain.EventsOf<PhalaRegistry.ClusterKeyAvailable>()));
        Assert.Equal(new PhalaPhatContracts.ClusterPubkeyAvailable(cluster, key), Assert.Single(chain.Chain.EventsOf<PhalaPhatContracts.ClusterPubkeyAvailable>()));
        Assert.Equal((Networks.CommandKey, key, 0u), (PhalaRegistry.ClusterKeys.Get(chain.Main, new ClusterEpoch(cluster, 0)), PhalaRegistry.ClusterIdentities.Get(chain.Main, cluster), PhalaRegistry.ClusterEpochs.Get(chain.Main, cluster)));
        Assert.Single(chain.Outbound());

        Says(cluster, 0, identity);
        Says(cluster, 2, identity);
        Says(cluster, 1, other);
        Assert.Empty(chain.Chain.EventsOf<PhalaRegistry.ClusterKeyAvailable>());
        Assert.Equal((key, 0u), (PhalaRegistry.ClusterIdentities.Get(chain.Main, cluster), PhalaRegistry.ClusterEpochs.Get(chain.Main, cluster)));
        Says(cluster, 1, identity);
        Assert.Single(chain.Chain.EventsOf<PhalaRegistry.ClusterKeyAvailable>());
        Assert.Empty(chain.Chain.EventsOf<PhalaPhatContracts.ClusterPubkeyAvailable>());
        Assert.Equal(1u, PhalaRegistry.ClusterEpochs.Get(chain.Main, cluster));

        // A worker that is no gatekeeper's key says the same: it is in the queue, and on the chain nothing.
        Hash256 second = chain.AddCluster(Register(chain));
        chain.MustBare(One.Says(1, Topics.ClusterKeys, Networks.Encode<ClusterKeyMessage>(new ClusterKeyMessage.Available(second, 0, Networks.CommandKey, key))));
        Assert.Single(chain.Outbound());
        Assert.False(PhalaRegistry.ClusterEpochs.TryGet(chain.Main, second, out _));
        chain.MustBare(PhalaChain.Sync(master, new MessageOrigin.Gatekeeper(), sequence, Topics.ClusterKeys, Networks.Encode<ClusterKeyMessage>(new ClusterKeyMessage.Wrapped(second, 0, key, [1]))));
        Assert.False(PhalaRegistry.ClusterEpochs.TryGet(chain.Main, second, out _));
    }

    private static TestWorker Register(PhalaChain chain)
    {
        chain.Register(TestWorker.Three);
        return TestWorker.Three;
    }

    private static T Read<T>(PhalaChain chain, Vec<byte> topic)
        where T : IScale<T> => Scale.Decode<T>(Assert.Single(chain.Outbound(), message => message.Destination == topic).Payload.AsSpan()).Value!;
}
