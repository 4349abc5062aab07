using Phala.Chain;
using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Shapes;
using Phala.Testing.Chain;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Runtime.Workers;

/// <summary>Code, contracts, commands and tokens that go into a cluster.</summary>
public sealed class ContractTests
{
    private readonly PhalaChain _chain = new();
    private readonly Hash256 _cluster, _closed, _system;

    public ContractTests()
    {
        _chain.Register(TestWorker.One);
        _chain.Register(TestWorker.Two);
        _cluster = _chain.AddCluster(TestWorker.One);
        _system = _chain.SystemOf(_cluster);
        _chain.Root(PhalaChain.ClusterOf(Actor.Bob, [TestWorker.Two.Identity], new ClusterAccess.OnlyOwner(Actor.Bob.Account)));
        _closed = ContractId.OfCluster(2);
    }

    [Fact]
    public void CodeIsUploadedByWhomTheClusterAdmits()
    {
        _chain.Must(Actor.Charlie, new PhalaPhatContracts.ClusterUploadResource(_cluster, ResourceType.InkCode, [1, 2, 3]));
        Assert.Equal(new ClusterOperation.UploadResource(Actor.Charlie.Account, _cluster, ResourceType.InkCode, [1, 2, 3]), Read<ClusterOperation>());
        Assert.Equal(Channel.OfCluster(_cluster), Assert.Single(_chain.Chain.EventsOf<PhalaMq.Pushed>()).Id.Channel);
        _chain.MustFail(Actor.Charlie, new PhalaPhatContracts.ClusterUploadResource(_closed, ResourceType.InkCode, [1]), PhalaPhatContracts.Error.ClusterPermissionDenied);
        _chain.Must(Actor.Bob, new PhalaPhatContracts.ClusterUploadResource(_closed, ResourceType.InkCode, [1]));
        _chain.MustFail(Actor.Bob, new PhalaPhatContracts.ClusterUploadResource(default, ResourceType.InkCode, [1]), PhalaPhatContracts.Error.ClusterNotFound);
        _chain.MustFail(Actor.Bob, new PhalaPhatContracts.ClusterUploadResource(_cluster, ResourceType.InkCode, Vec.Create<byte>(new byte[PhalaPhatContracts.MaxCode + 1])), PhalaPhatContracts.Error.PayloadTooLarge);
        _chain.Must(Actor.Bob, new PhalaPhatContracts.ClusterUploadResource(_cluster, ResourceType.InkCode, Vec.Create<byte>(new byte[PhalaPhatContracts.MaxCode])));
    }

    [Fact]
    public void TokensThatGoIntoAClusterAreItsAccountsOnTheChain()
    {
        AccountId account = ContractId.AccountOfCluster(_cluster);
        _chain.Must(Actor.Charlie, new PhalaPhatContracts.TransferToCluster(Balances.Pha, _cluster, Actor.Eve.Account));
        Assert.Equal(new PhalaPhatContracts.Transfered(_cluster, new Hash256(Actor.Eve.Account.AsSpan()), Balances.Pha), Assert.Single(_chain.Chain.EventsOf<PhalaPhatContracts.Transfered>()));
        Assert.Equal(new ClusterOperation.Deposit(_cluster, Actor.Eve.Account, Balances.Pha), Read<ClusterOperation>());
        Assert.Equal(Balances.Pha, FrameSystem.Account.Get(_chain.Main, account).Data.Free);
        _chain.MustFail(Actor.Charlie, new PhalaPhatContracts.TransferToCluster(Balances.Pha, default, Actor.Eve.Account), PhalaPhatContracts.Error.ClusterNotFound);
        DispatchError error = ErrorOf(_chain.Do(Actor.Charlie, new PhalaPhatContracts.TransferToCluster(TestChain.Endowment, _cluster, Actor.Eve.Account)));
        Assert.Equal(DispatchErrorKind.Token, error.Kind);
        Assert.Empty(_chain.Outbound());

        // The sender's own account stays alive.
        UInt128 all = _chain.Chain[Actor.Eve].Data.Free - (6 * (UInt128)Balances.Pha / 1000);
        Assert.Equal(DispatchError.Token(TokenError.NotExpendable), ErrorOf(_chain.Do(Actor.Eve, new PhalaPhatContracts.TransferToCluster(all, _cluster, Actor.Eve.Account))));
    }

    [Fact]
    public void ACommandGoesToAContractThatExists()
    {
        _chain.Must(Actor.Charlie, new PhalaPhatContracts.PushContractMessage(_system, [9], Balances.Pha));
        Assert.Equal(
            [new Message(new MessageOrigin.Pallet(Vec.Create("PhalaPhatContracts"u8)), Topics.ClusterOperation, Networks.Encode<ClusterOperation>(new ClusterOperation.Deposit(_cluster, Actor.Charlie.Account, Balances.Pha))),
             new Message(new MessageOrigin.AccountId(Actor.Charlie.Account), Topics.Command(_system), [9])],
            _chain.Outbound());
        Assert.Equal([0u, 1u], _chain.Chain.EventsOf<PhalaMq.Pushed>().Select(pushed => pushed.Id.Index));
        Assert.Single(_chain.Chain.EventsOf<PhalaPhatContracts.Transfered>());
        _chain.MustFail(Actor.Charlie, new PhalaPhatContracts.PushContractMessage(default, [9], 0), PhalaPhatContracts.Error.ContractNotFound);
        _chain.MustFail(Actor.Charlie, new PhalaPhatContracts.PushContractMessage(_system, Vec.Create<byte>(new byte[PhalaMq.MaxPayload + 1]), 0), PhalaPhatContracts.Error.PayloadTooLarge);
        Assert.Equal(DispatchErrorKind.Token, ErrorOf(_chain.Do(Actor.Charlie, new PhalaPhatContracts.PushContractMessage(_system, [9], TestChain.Endowment))).Kind);
        _chain.Must(Actor.Charlie, new PhalaPhatContracts.PushContractMessage(_system, Vec.Create<byte>(new byte[PhalaMq.MaxPayload]), 0));
    }

    [Fact]
    public void ACommandSealedToAKeyThatIsNotKnownIsRefused()
    {
        (PhalaChain chain, Sr25519KeyPair _, Sr25519KeyPair _, Hash256 cluster) = Networks.WithKeys();
        Hash256 system = chain.SystemOf(cluster);
        Vec<byte> Sealed(uint epoch) => Networks.Encode<CommandPayload>(new CommandPayload.Sealed(new SealedCommand(epoch, default, 5, [1])));
        chain.Must(Actor.Charlie, new PhalaPhatContracts.PushContractMessage(system, Sealed(0), 0));
        chain.MustFail(Actor.Charlie, new PhalaPhatContracts.PushContractMessage(system, Sealed(1), 0), PhalaPhatContracts.Error.ClusterNotDeployed);
        _chain.MustFail(Actor.Charlie, new PhalaPhatContracts.PushContractMessage(_system, Sealed(0), 0), PhalaPhatContracts.Error.ClusterNotDeployed);
    }

    [Fact]
    public void AContractIsInstantiatedOnce()
    {
        PhalaPhatContracts.InstantiateContract call = new(new CodeIndex.WasmCode(NativeCode.Vault), [1, 2], [3], _cluster, 4, 5, new Option<UInt128>(6), Balances.Pha);
        Hash256 id = ContractId.Of(Actor.Charlie.Account, NativeCode.Vault, _cluster, [3]);
        _chain.Must(Actor.Charlie, call);
        Assert.Equal(new PhalaPhatContracts.Instantiating(id, _cluster, Actor.Charlie.Account), Assert.Single(_chain.Chain.EventsOf<PhalaPhatContracts.Instantiating>()));
        Assert.Equal(new BasicContractInfo(Actor.Charlie.Account, _cluster), PhalaPhatContracts.Contracts.Get(_chain.Main, id));
        Message[] messages = [.. _chain.Outbound()];
        Assert.Equal([Topics.ClusterOperation, Topics.ContractOperation], messages.Select(message => message.Destination));
        ContractInfo info = new(Actor.Charlie.Account, call.CodeIndex, [3], _cluster, [1, 2]);
        Assert.Equal(new ContractOperation.InstantiateCode(info, 4, 5, new Option<UInt128>(6)), Scale.Decode<ContractOperation>(messages[1].Payload.AsSpan()).Value);
        Assert.All(_chain.Chain.EventsOf<PhalaMq.Pushed>(), pushed => Assert.Equal(Channel.OfCluster(_cluster), pushed.Id.Channel));

        _chain.MustFail(Actor.Charlie, call, PhalaPhatContracts.Error.DuplicatedContract);
        _chain.Must(Actor.Charlie, call with { Salt = [4], Deposit = 0 });
        _chain.Must(Actor.Eve, call with { Deposit = 0 });
        _chain.MustFail(Actor.Charlie, call with { ClusterId = _closed, Deposit = 0 }, PhalaPhatContracts.Error.ClusterPermissionDenied);
        _chain.MustFail(Actor.Charlie, call with { ClusterId = default }, PhalaPhatContracts.Error.ClusterNotFound);
        _chain.MustFail(Actor.Charlie, call with { Salt = Vec.Create<byte>(new byte[129]) }, PhalaPhatContracts.Error.PayloadTooLarge);
        _chain.MustFail(Actor.Charlie, call with { Data = Vec.Create<byte>(new byte[PhalaPhatContracts.MaxInstantiateData + 1]) }, PhalaPhatContracts.Error.PayloadTooLarge);
        _chain.Must(Actor.Charlie, call with { Salt = Vec.Create<byte>(new byte[128]), Data = Vec.Create<byte>(new byte[PhalaPhatContracts.MaxInstantiateData]), Deposit = 0 });
        _chain.Must(Actor.Charlie, new PhalaPhatContracts.PushContractMessage(id, [1], 0));
    }

    [Fact]
    public void WhatIsLongWeighsMore()
    {
        Grows(new PhalaPhatContracts.PushContractMessage(_system, default, 0), new PhalaPhatContracts.PushContractMessage(_system, Vec.Create<byte>(new byte[1000]), 0), 5_000_000);
        Grows(new PhalaPhatContracts.ClusterUploadResource(_cluster, 0, default), new PhalaPhatContracts.ClusterUploadResource(_cluster, 0, Vec.Create<byte>(new byte[1000])), 5_000_000);
        PhalaPhatContracts.InstantiateContract call = new(new CodeIndex.WasmCode(default), default, default, _cluster, 0, 0, default, 0);
        Grows(call, call with { Data = Vec.Create<byte>(new byte[600]), Salt = Vec.Create<byte>(new byte[400]) }, 5_000_000);
        Grows(PhalaChain.ClusterOf(Actor.Bob, [TestWorker.One.Identity]), PhalaChain.ClusterOf(Actor.Bob, [TestWorker.One.Identity, TestWorker.Two.Identity]), 24_000_000);
        Vec<Receipt> receipts = [TestWorker.Receipt(1, _cluster, 0, _system)];
        Grows(TestWorker.One.Reports(_chain, _cluster, 1), TestWorker.One.Reports(_chain, _cluster, 1, receipts), 10_000_000 + (2 * 5000 * (ulong)Scale.Encode(receipts[0]).Length));
        Grows(TestWorker.One.Says(0, Topics.SystemEvent, default), TestWorker.One.Says(0, Topics.SystemEvent, Vec.Create<byte>(new byte[1000])), 5_000_000);

        void Grows<T>(T less, T more, ulong by)
            where T : ICall<T> => Assert.Equal(_chain.Chain.Runtime.Dispatcher.Info(RuntimeCall.Of(less)).Weight + new Weight(by, 0), _chain.Chain.Runtime.Dispatcher.Info(RuntimeCall.Of(more)).Weight);
    }

    [Fact]
    public void AnAccountMustSign()
    {
        foreach (RuntimeCall call in (RuntimeCall[])
        [
            RuntimeCall.Of(new PhalaPhatContracts.ClusterUploadResource(_cluster, 0, default)), RuntimeCall.Of(new PhalaPhatContracts.TransferToCluster(1, _cluster, default)),
            RuntimeCall.Of(new PhalaPhatContracts.PushContractMessage(_system, default, 0)), RuntimeCall.Of(new PhalaPhatContracts.InstantiateContract(new CodeIndex.WasmCode(default), default, default, _cluster, 0, 0, default, 0)),
            RuntimeCall.Of(new PhalaPhatContracts.AddWorkerToCluster(default, _cluster)), RuntimeCall.Of(new PhalaPhatContracts.RemoveWorkerFromCluster(default, _cluster)),
            RuntimeCall.Of(new PhalaPhatContracts.ConsentToCluster(default, _cluster)), RuntimeCall.Of(new PhalaPhatContracts.SetReportQuorum(_cluster, 1)), RuntimeCall.Of(TestWorker.One.Reports(_chain, _cluster, 1)),
            RuntimeCall.Of(TestWorker.One.Registration(_chain)), RuntimeCall.Of(new PhalaRegistry.UpdateWorkerEndpoint(new(default, new Phala.Runtime.Interface.Workers.VersionedWorkerEndpoints.V1(default), 0), default)),
        ])
        {
            _chain.Must(Actor.Alice, new Sudo.SudoCall(call));
            Assert.Equal(DispatchErrorKind.BadOrigin, _chain.Chain.EventsOf<Sudo.Sudid>()[0].SudoResult.TryGet(out _, out DispatchError error) ? default : error.Kind);
        }
    }

    private static DispatchError ErrorOf(Phala.Runtime.Execution.ApplyOutcome outcome) => outcome.Result.Failed(out DispatchError error) ? error : throw new InvalidOperationException("It succeeded.");

    private T Read<T>()
        where T : IScale<T> => Scale.Decode<T>(Assert.Single(_chain.Outbound()).Payload.AsSpan()).Value!;
}
