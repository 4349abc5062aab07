using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Runtime.Execution;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Shapes;
using Phala.Testing.Chain;
using Phala.Tests.Runtime.Model;
using Phala.Trie;
using Phala.Trie.Storage;
using Xunit;

namespace Phala.Tests.Runtime.Workers;

/// <summary>Clusters and their members.</summary>
public sealed class ClusterTests
{
    private static readonly TestWorker One = TestWorker.One, Two = TestWorker.Two, Three = TestWorker.Three;

    private readonly PhalaChain _chain = new();

    public ClusterTests()
    {
        _chain.Register(One);
        _chain.Register(Two);
    }

    [Fact]
    public void AClusterIsMadeToldToAllAndBeginsItsChannel()
    {
        UInt128 deposit = 5 * (UInt128)Balances.Pha, before = _chain.Chain[Actor.Charlie].Data.Free;
        _chain.Root(PhalaChain.ClusterOf(Actor.Charlie, [One.Identity, Two.Identity], new ClusterAccess.OnlyOwner(Actor.Charlie.Account), deposit));
        Hash256 cluster = ContractId.OfCluster(1), system = ContractId.Of(Actor.Charlie.Account, NativeCode.SystemContract, cluster, []);
        Assert.Equal([.. new byte[31], 1], cluster.AsSpan().ToArray());
        Assert.Equal(new PhalaPhatContracts.ClusterCreated(cluster, system), Assert.Single(_chain.Chain.EventsOf<PhalaPhatContracts.ClusterCreated>()));
        Assert.Equal(new ClusterInfo(Actor.Charlie.Account, new ClusterAccess.OnlyOwner(Actor.Charlie.Account), system, 1, 2, 3), PhalaPhatContracts.Clusters.Get(_chain.Main, cluster));
        Assert.Equal(new BasicContractInfo(Actor.Charlie.Account, cluster), PhalaPhatContracts.Contracts.Get(_chain.Main, system));
        Assert.Equal([One.Identity, Two.Identity], PhalaPhatContracts.ClusterWorkers.Get(_chain.Main, cluster).ToArray());
        Assert.Equal(cluster, PhalaPhatContracts.ClusterByWorkers.Get(_chain.Main, Two.Identity));
        Assert.Equal(before - deposit, _chain.Chain[Actor.Charlie].Data.Free);
        Assert.Equal(deposit, FrameSystem.Account.Get(_chain.Main, ContractId.AccountOfCluster(cluster)).Data.Free);

        ClusterSetup setup = new(Actor.Charlie.Account, deposit, 1, 2, 3, Actor.Eve.Account, NativeCode.SystemContract);
        Assert.Equal(new ClusterEvent.DeployCluster(cluster, setup, [One.Identity, Two.Identity]), Read<ClusterEvent>(Topics.ClusterEvent));
        Assert.Equal(new ClusterOperation.Create(cluster, setup, [One.Identity, Two.Identity]), Read<ClusterOperation>(Topics.ClusterOperation));
        Assert.Equal([Channel.System, Channel.OfCluster(cluster)], _chain.Chain.EventsOf<PhalaMq.Pushed>().Select(pushed => pushed.Id.Channel));

        _chain.Register(Three);
        Assert.Equal(ContractId.OfCluster(2), _chain.AddCluster(Three));
    }

    [Fact]
    public void WhatNoClusterCanBeginWithIsRefused()
    {
        void Refused(PhalaPhatContracts.AddCluster call, PhalaPhatContracts.Error error) => _chain.RootFails(call, error);
        Refused(PhalaChain.ClusterOf(Actor.Bob, default), PhalaPhatContracts.Error.NoWorkerSpecified);
        Refused(PhalaChain.ClusterOf(Actor.Bob, [.. Enumerable.Range(0, 65).Select(_ => One.Identity)]), PhalaPhatContracts.Error.TooManyWorkers);
        Refused(PhalaChain.ClusterOf(Actor.Bob, [One.Identity, One.Identity]), PhalaPhatContracts.Error.DuplicatedDeployment);
        Refused(PhalaChain.ClusterOf(Actor.Bob, [Three.Identity]), PhalaPhatContracts.Error.WorkerNotFound);
        _chain.Must(Actor.Alice, new Sudo.SudoCall(RuntimeCall.Of(PhalaChain.ClusterOf(Actor.Bob, [One.Identity], deposit: TestChain.Endowment * 2))));
        Assert.Equal(DispatchErrorKind.Token, SudoError().Kind);
        _chain.AddCluster(One);
        Refused(PhalaChain.ClusterOf(Actor.Bob, [One.Identity]), PhalaPhatContracts.Error.WorkerIsBusy);
        Assert.Equal(1ul, PhalaPhatContracts.ClusterCounter.Get(_chain.Main));

        StateOverlay overlay = new(_chain.Chain.State);
        PhalaPhatContracts.PinkSystemCodeHash.Remove(overlay.Main);
        Assert.Equal(BlockError.None, _chain.Chain.Runtime.TryBegin(overlay.ToSnapshot(), _chain.Chain.Best, 100, out BlockExecution? execution));
        foreach (OpaqueExtrinsic extrinsic in (OpaqueExtrinsic[])[_chain.Chain.Inherent(100), _chain.Chain.Sign(Actor.Alice, new Sudo.SudoCall(RuntimeCall.Of(PhalaChain.ClusterOf(Actor.Bob, [Two.Identity]))))])
        {
            Assert.True(execution.TryPrepare(extrinsic, out PreparedTransaction? prepared));
            execution.Apply(prepared);
        }

        execution.TryFinish(out ExecutedBlock? block);
        RuntimeEvent told = FrameSystem.Events.Get(block!.State.Main).ToArray().Select(record => record.Event).Single(each => each is RuntimeEvent<Sudo.Sudid>);
        Assert.False(((RuntimeEvent<Sudo.Sudid>)told).Value.SudoResult.TryGet(out _, out DispatchError error));
        Assert.Equal("PhalaPhatContracts.NoPinkSystemCode", Reach.Name(error));
    }

    [Fact]
    public void AWorkerJoinsWhenItsOperatorAgreedAndLeavesAtTheWillOfEither()
    {
        Hash256 cluster = _chain.AddCluster(One);
        _chain.MustFail(Actor.Bob, new PhalaPhatContracts.AddWorkerToCluster(Two.Identity, cluster), PhalaPhatContracts.Error.WorkerHasNotConsented);
        _chain.MustFail(Actor.Bob, new PhalaPhatContracts.ConsentToCluster(Two.Identity, cluster), PhalaPhatContracts.Error.InvalidSender);
        _chain.MustFail(TestWorker.Operator, new PhalaPhatContracts.ConsentToCluster(Two.Identity, default), PhalaPhatContracts.Error.ClusterNotFound);
        _chain.MustFail(TestWorker.Operator, new PhalaPhatContracts.ConsentToCluster(Three.Identity, cluster), PhalaPhatContracts.Error.WorkerNotFound);
        _chain.Must(TestWorker.Operator, new PhalaPhatContracts.ConsentToCluster(Two.Identity, cluster));
        Assert.Equal(new PhalaPhatContracts.WorkerConsented(Two.Identity, cluster), Assert.Single(_chain.Chain.EventsOf<PhalaPhatContracts.WorkerConsented>()));
        _chain.MustFail(Actor.Charlie, new PhalaPhatContracts.AddWorkerToCluster(Two.Identity, cluster), PhalaPhatContracts.Error.ClusterPermissionDenied);
        _chain.MustFail(Actor.Bob, new PhalaPhatContracts.AddWorkerToCluster(Two.Identity, default), PhalaPhatContracts.Error.ClusterNotFound);
        _chain.MustFail(Actor.Bob, new PhalaPhatContracts.AddWorkerToCluster(Three.Identity, cluster), PhalaPhatContracts.Error.WorkerNotFound);
        _chain.MustFail(Actor.Bob, new PhalaPhatContracts.AddWorkerToCluster(One.Identity, cluster), PhalaPhatContracts.Error.DuplicatedDeployment);

        _chain.Must(Actor.Bob, new PhalaPhatContracts.AddWorkerToCluster(Two.Identity, cluster));
        Assert.Equal(new PhalaPhatContracts.WorkerAddedToCluster(Two.Identity, cluster), Assert.Single(_chain.Chain.EventsOf<PhalaPhatContracts.WorkerAddedToCluster>()));
        Assert.Equal((new ClusterEvent.WorkerAdded(cluster, Two.Identity), new ClusterOperation.AddWorker(cluster, Two.Identity)), (Read<ClusterEvent>(Topics.ClusterEvent), Read<ClusterOperation>(Topics.ClusterOperation)));
        Assert.Equal(cluster, PhalaPhatContracts.ClusterByWorkers.Get(_chain.Main, Two.Identity));
        Assert.False(PhalaPhatContracts.WorkerConsents.TryGet(_chain.Main, Two.Identity, out _));

        _chain.MustFail(Actor.Charlie, new PhalaPhatContracts.RemoveWorkerFromCluster(Two.Identity, cluster), PhalaPhatContracts.Error.ClusterPermissionDenied);
        _chain.MustFail(Actor.Bob, new PhalaPhatContracts.RemoveWorkerFromCluster(Two.Identity, default), PhalaPhatContracts.Error.ClusterNotFound);
        _chain.Must(TestWorker.Operator, new PhalaPhatContracts.RemoveWorkerFromCluster(Two.Identity, cluster));
        Assert.Equal(new PhalaPhatContracts.WorkerRemovedFromCluster(Two.Identity, cluster), Assert.Single(_chain.Chain.EventsOf<PhalaPhatContracts.WorkerRemovedFromCluster>()));
        Assert.Equal((new ClusterEvent.WorkerRemoved(cluster, Two.Identity), new ClusterOperation.RemoveWorker(cluster, Two.Identity)), (Read<ClusterEvent>(Topics.ClusterEvent), Read<ClusterOperation>(Topics.ClusterOperation)));
        Assert.False(PhalaPhatContracts.ClusterByWorkers.TryGet(_chain.Main, Two.Identity, out _));
        _chain.MustFail(Actor.Bob, new PhalaPhatContracts.RemoveWorkerFromCluster(Two.Identity, cluster), PhalaPhatContracts.Error.WorkerNotFound);
        _chain.MustFail(Actor.Bob, new PhalaPhatContracts.RemoveWorkerFromCluster(One.Identity, cluster), PhalaPhatContracts.Error.NoWorkerSpecified);
        _chain.MustFail(Actor.Bob, new PhalaPhatContracts.AddWorkerToCluster(Two.Identity, cluster), PhalaPhatContracts.Error.WorkerHasNotConsented);
    }

    [Fact]
    public void AWorkerServesOneClusterAndAClusterHasSoManyMembers()
    {
        Hash256 first = _chain.AddCluster(One), second = _chain.AddCluster(Two);
        _chain.Must(TestWorker.Operator, new PhalaPhatContracts.ConsentToCluster(Two.Identity, first));
        _chain.MustFail(Actor.Bob, new PhalaPhatContracts.AddWorkerToCluster(Two.Identity, first), PhalaPhatContracts.Error.WorkerIsBusy);
        _chain.Register(Three);
        _chain.Must(TestWorker.Operator, new PhalaPhatContracts.ConsentToCluster(Three.Identity, first));
        _chain.MustFail(Actor.Bob, new PhalaPhatContracts.AddWorkerToCluster(Three.Identity, second), PhalaPhatContracts.Error.WorkerHasNotConsented);

        PhalaChain full = new();
        TestWorker[] many = [.. Enumerable.Range(10, 65).Select(number => new TestWorker((byte)number))];
        foreach (TestWorker worker in many) full.Root(new PhalaRegistry.ForceRegisterWorker(worker.Identity, worker.Identity, new Option<AccountId>(Actor.Dave.Account)));
        Hash256 cluster = full.AddCluster(many[..64]);
        full.Must(Actor.Dave, new PhalaPhatContracts.ConsentToCluster(many[64].Identity, cluster));
        full.MustFail(Actor.Bob, new PhalaPhatContracts.AddWorkerToCluster(many[64].Identity, cluster), PhalaPhatContracts.Error.TooManyWorkers);
        full.Must(Actor.Bob, new PhalaPhatContracts.RemoveWorkerFromCluster(many[0].Identity, cluster));
        full.Must(Actor.Bob, new PhalaPhatContracts.AddWorkerToCluster(many[64].Identity, cluster));
    }

    [Fact]
    public void AQuorumIsANumberOfMembersAndFallsWithThem()
    {
        Hash256 cluster = _chain.AddCluster(One, Two);
        Assert.Equal(1u, PhalaPhatContracts.ReportQuorum.Get(_chain.Main, cluster));
        _chain.MustFail(Actor.Bob, new PhalaPhatContracts.SetReportQuorum(cluster, 0), PhalaPhatContracts.Error.InvalidQuorum);
        _chain.MustFail(Actor.Bob, new PhalaPhatContracts.SetReportQuorum(cluster, 3), PhalaPhatContracts.Error.InvalidQuorum);
        _chain.MustFail(Actor.Charlie, new PhalaPhatContracts.SetReportQuorum(cluster, 2), PhalaPhatContracts.Error.ClusterPermissionDenied);
        _chain.MustFail(Actor.Bob, new PhalaPhatContracts.SetReportQuorum(default, 2), PhalaPhatContracts.Error.ClusterNotFound);
        _chain.Must(Actor.Bob, new PhalaPhatContracts.SetReportQuorum(cluster, 2));
        Assert.Equal(2u, PhalaPhatContracts.ReportQuorum.Get(_chain.Main, cluster));
        _chain.Must(Actor.Bob, new PhalaPhatContracts.RemoveWorkerFromCluster(Two.Identity, cluster));
        Assert.Equal(1u, PhalaPhatContracts.ReportQuorum.Get(_chain.Main, cluster));
    }

    [Fact]
    public void AClusterEndsAndItsMembersAreFree()
    {
        Hash256 cluster = _chain.AddCluster(One, Two), system = _chain.SystemOf(cluster);
        _chain.RootFails(new PhalaPhatContracts.ClusterDestroy(default), PhalaPhatContracts.Error.ClusterNotFound);
        _chain.Root(new PhalaPhatContracts.ClusterDestroy(cluster));
        Assert.Equal(new PhalaPhatContracts.ClusterDestroyed(cluster), Assert.Single(_chain.Chain.EventsOf<PhalaPhatContracts.ClusterDestroyed>()));
        Assert.Equal((new ClusterEvent.ClusterDestroyed(cluster), new ClusterOperation.DestroyCluster(cluster)), (Read<ClusterEvent>(Topics.ClusterEvent), Read<ClusterOperation>(Topics.ClusterOperation)));
        Assert.False(PhalaPhatContracts.Clusters.TryGet(_chain.Main, cluster, out _));
        Assert.False(PhalaPhatContracts.ClusterByWorkers.TryGet(_chain.Main, One.Identity, out _));
        Assert.Equal(0, PhalaPhatContracts.ClusterWorkers.Get(_chain.Main, cluster).Length);
        _chain.MustFail(Actor.Bob, new PhalaPhatContracts.PushContractMessage(system, [1], 0), PhalaPhatContracts.Error.ClusterNotFound);
        _chain.MustFail(Actor.Bob, new PhalaMq.PushMessage(Topics.Command(system), [1]), PhalaMq.Error.BadDestination);
        Assert.Equal(ContractId.OfCluster(2), _chain.AddCluster(Two, One));
    }

    [Fact]
    public void WhatMembersAndClustersSayIsTold()
    {
        (PhalaChain chain, Sr25519KeyPair _, Sr25519KeyPair identity, Hash256 cluster) = Networks.WithKeys();
        Sr25519PublicKey key = new(identity.PublicKey);
        Says(One, 1, new WorkerClusterReport.ClusterDeployed(cluster, key));
        Assert.Equal(new PhalaPhatContracts.ClusterDeployed(cluster, key, One.Identity), Assert.Single(chain.Chain.EventsOf<PhalaPhatContracts.ClusterDeployed>()));
        Assert.Single(chain.Outbound());
        Says(Two, 0, new WorkerClusterReport.ClusterDeploymentFailed(cluster));
        Assert.Equal(new PhalaPhatContracts.ClusterDeploymentFailed(cluster, Two.Identity), Assert.Single(chain.Chain.EventsOf<PhalaPhatContracts.ClusterDeploymentFailed>()));
        chain.Register(Three);
        ulong sequence = 2;
        foreach (WorkerClusterReport wrong in (WorkerClusterReport[])[new WorkerClusterReport.ClusterDeployed(cluster, One.Identity), new WorkerClusterReport.ClusterDeployed(default, key), new WorkerClusterReport.ClusterDeploymentFailed(default)])
        {
            Says(One, sequence++, wrong);
            Assert.Empty(chain.Chain.EventsOf<PhalaPhatContracts.ClusterDeployed>());
            Assert.Empty(chain.Chain.EventsOf<PhalaPhatContracts.ClusterDeploymentFailed>());
        }

        Says(Three, 0, new WorkerClusterReport.ClusterDeployed(cluster, key));
        Assert.Empty(chain.Chain.EventsOf<PhalaPhatContracts.ClusterDeployed>());

        Hash256 made = new([.. Enumerable.Repeat((byte)0x77, 32)]), deployer = new(Actor.Eve.Account.AsSpan());
        Sr25519PublicKey contract = new(TestWorker.Pair(90, 1).PublicKey);
        Registers(0, new ContractRegistryEvent.PubkeyAvailable(made, contract, deployer));
        Assert.Equal(new PhalaPhatContracts.ContractPubkeyAvailable(made, cluster, contract), Assert.Single(chain.Chain.EventsOf<PhalaPhatContracts.ContractPubkeyAvailable>()));
        Assert.Equal(new PhalaPhatContracts.Instantiated(made, cluster, deployer), Assert.Single(chain.Chain.EventsOf<PhalaPhatContracts.Instantiated>()));
        Assert.Equal((new BasicContractInfo(Actor.Eve.Account, cluster), contract), (PhalaPhatContracts.Contracts.Get(chain.Main, made), PhalaRegistry.ContractKeys.Get(chain.Main, made)));
        Assert.Equal([made], PhalaPhatContracts.ClusterContracts.Get(chain.Main, cluster).ToArray());
        Assert.Empty(chain.Outbound());
        Registers(1, new ContractRegistryEvent.PubkeyAvailable(made, key, deployer));
        Hash256 other = chain.SystemOf(chain.AddCluster(Three));
        Registers(2, new ContractRegistryEvent.PubkeyAvailable(other, contract, deployer));
        Registers(3, new ContractRegistryEvent.PubkeyAvailable(default, new Sr25519PublicKey([.. Enumerable.Repeat((byte)0xFF, 32)]), deployer));
        Assert.Equal([made], PhalaPhatContracts.ClusterContracts.Get(chain.Main, cluster).ToArray());
        Assert.Equal(contract, PhalaRegistry.ContractKeys.Get(chain.Main, made));
        Assert.False(PhalaRegistry.ContractKeys.TryGet(chain.Main, other, out _));

        void Says(TestWorker worker, ulong at, WorkerClusterReport report) => chain.MustBare(worker.Says(at, Topics.WorkerClusterReport, Networks.Encode(report)));
        void Registers(ulong at, ContractRegistryEvent news) => chain.MustBare(PhalaChain.Sync(identity, new MessageOrigin.Cluster(cluster), at, Topics.ContractRegistryEvent, Networks.Encode(news)));
    }

    private DispatchError SudoError() => _chain.Chain.EventsOf<Sudo.Sudid>()[0].SudoResult.TryGet(out _, out DispatchError error) ? default : error;

    private T Read<T>(Vec<byte> topic)
        where T : IScale<T> => Scale.Decode<T>(Assert.Single(_chain.Outbound(), message => message.Destination == topic).Payload.AsSpan()).Value!;
}
