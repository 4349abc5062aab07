using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Node.TxPool;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;
using Phala.Testing;
using Phala.Testing.Chain;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Runtime.Workers;

/// <summary>Messages from outside the chain: whose they are, in which order, once each.</summary>
public sealed class OffchainMessageTests
{
    private static readonly Vec<byte> Topic = Vec.Create("a/topic"u8);

    private readonly PhalaChain _chain = new();
    private readonly TestWorker _worker = TestWorker.One;

    public OffchainMessageTests() => _chain.Register(_worker);

    [Fact]
    public void BytesAndTagAreThoseOfThePublishedPrograms()
    {
        Vector vector = VectorFile.Read("Runtime/Workers/Vectors/messages.txt")[0];
        Message message = Scale.Decode<Message>(vector.Bytes("message")).Value!;
        Assert.Equal(vector.Bytes("signed"), SignedMessage.SigningBytes(message, 5));
        Assert.Equal(vector.Bytes("tag"), SignedMessage.PoolTag(message.Sender, 5).ToArray());
        MessageOrigin.Worker worker = Assert.IsType<MessageOrigin.Worker>(message.Sender);
        Assert.Equal(SignatureVerdict.Valid, Sr25519.Verify(worker.Identity.AsSpan(), vector.Bytes("signed"), vector.Bytes("signature")));
        Assert.IsType<WorkerClusterReport.ClusterDeployed>(Scale.Decode<WorkerClusterReport>(message.Payload.AsSpan()).Value);

        // The pool provides the very tag, once the worker of the vector is registered.
        WorkerRegistrationInfo(worker.Identity);
        PhalaMq.SyncOffchainMessage call = new(new SignedMessage(message, 5, Vec.Create<byte>(vector.Bytes("signature"))));
        ValidTransaction valid = _chain.Valid(PhalaChain.Bare(call));
        Assert.Equal([vector.Bytes("tag")], valid.Provides.ToArray().Select(tag => tag.ToArray()));
        Assert.Equal([SignedMessage.PoolTag(worker, 4)], valid.Requires.ToArray());

        void WorkerRegistrationInfo(Sr25519PublicKey key) =>
            _chain.Must(Actor.Bob, TestWorker.Registration(_worker.Info(_chain) with { Pubkey = key, EcdhPubkey = key }));
    }

    [Fact]
    public void MessagesAreAcceptedOnceInTheirOrderAndWithoutFee()
    {
        UInt128 issuance = Balances.TotalIssuance.Get(_chain.Main);
        for (ulong sequence = 0; sequence < 3; sequence++)
        {
            PhalaMq.SyncOffchainMessage call = _worker.Says(sequence, Topic, [(byte)sequence]);
            Assert.Equal(InvalidTransaction.Future, _chain.BareRefusal(_worker.Says(sequence + 1, Topic, [9])));
            _chain.MustBare(call);
            Assert.Equal(new Message(_worker.Origin, Topic, [(byte)sequence]), Assert.Single(_chain.Outbound()));
            Assert.Equal(sequence + 1, PhalaMq.OffchainIngress.Get(_chain.Main, _worker.Origin));
            Assert.Equal(InvalidTransaction.Stale, _chain.BareRefusal(call));
            Assert.Equal(InvalidTransaction.Stale, _chain.Invalid(PhalaChain.Bare(call)));
        }

        Assert.Equal(issuance, Balances.TotalIssuance.Get(_chain.Main));
        Assert.Empty(_chain.Chain.EventsOf<TransactionPayment.TransactionFeePaid>());
    }

    [Fact]
    public void TwoMessagesInOneBlockFollowEachOther()
    {
        _chain.Chain.Author(PhalaChain.Bare(_worker.Says(0, Topic, [0])), PhalaChain.Bare(_worker.Says(1, Topic, [1])), PhalaChain.Bare(_worker.Says(1, Topic, [2])));
        Assert.Equal([true, true, false], _chain.Chain.Outcomes.Select(outcome => outcome.IsIncluded));
        Assert.Equal([[0], [1]], _chain.Outbound().Select(message => message.Payload.ToArray()));
    }

    [Fact]
    public void ASignedTransactionIsHeldToTheMessageInThePool()
    {
        OpaqueExtrinsic good = _chain.Chain.Sign(Actor.Eve, _worker.Says(2, Topic, [1]), tip: 5);
        ValidTransaction valid = _chain.Valid(good);
        Assert.Equal(2, valid.Provides.Length);
        Assert.Equal([SignedMessage.PoolTag(_worker.Origin, 2), SignedMessage.PoolTag(_worker.Origin, 1)], [valid.Provides[1], valid.Requires[0]]);
        Assert.True(valid.Longevity <= 64);

        // Nobody squats a tag: what the worker has not signed is in no pool and no block, however much is tipped.
        PhalaMq.SyncOffchainMessage forged = PhalaChain.Sync(Actor.Eve.Keys, _worker.Origin, 0, Topic, [1]);
        Assert.Equal(InvalidTransaction.BadProof, _chain.Invalid(_chain.Chain.Sign(Actor.Eve, forged, tip: Balances.Pha)));
        _chain.Chain.Author(_chain.Chain.Sign(Actor.Eve, forged, tip: Balances.Pha), good);
        Assert.Equal([InvalidTransaction.BadProof, InvalidTransaction.Future], _chain.Chain.Outcomes.Select(outcome => outcome.Refusal));
        Assert.Equal(0u, _chain.Chain[Actor.Eve].Nonce);

        // Who brings a message pays for it; who brings it too late pays nothing.
        UInt128 before = _chain.Chain[Actor.Eve].Data.Free;
        PhalaMq.SyncOffchainMessage next = _worker.Says(0, Topic, [1]);
        _chain.Chain.Author(_chain.Chain.Sign(Actor.Eve, next), _chain.Chain.Sign(Actor.Dave, next));
        Assert.Equal([true, false], _chain.Chain.Outcomes.Select(outcome => outcome.IsIncluded));
        Assert.Equal(InvalidTransaction.Stale, _chain.Chain.Outcomes[1].Refusal);
        Assert.True(_chain.Chain[Actor.Eve].Data.Free < before);
        Assert.Equal(new MessageOrigin.Worker(_worker.Identity), Assert.Single(_chain.Outbound()).Sender);
    }

    [Fact]
    public void WithinAnotherCallAMessageIsCheckedWhenItIsDispatched()
    {
        RuntimeCall Call(PhalaMq.SyncOffchainMessage call) => RuntimeCall.Of(call);
        _chain.Must(Actor.Eve, new Utility.ForceBatch(
        [
            Call(_worker.Says(1, Topic, [1])), Call(PhalaChain.Sync(Actor.Eve.Keys, _worker.Origin, 0, Topic, [1])), Call(_worker.Says(0, default, [1])),
            Call(_worker.Says(0, Topic, Vec.Create<byte>(new byte[PhalaMq.MaxOffchainPayload + 1]))), Call(TestWorker.Two.Says(0, Topic, [1])),
            Call(_worker.Says(0, Topic, [7])), Call(_worker.Says(0, Topic, [8])),
        ]));
        Assert.Equal(["BadSequence", "BadSignature", "BadDestination", "PayloadTooLarge", "BadSender", "BadSequence"], _chain.Chain.EventsOf<Utility.ItemFailed>().Select(failed => Model.Reach.Name(failed.Error)["PhalaMq.".Length..]));
        Assert.Equal([7], Assert.Single(_chain.Outbound()).Payload.ToArray());
        _chain.Must(Actor.Alice, new Sudo.SudoCall(Call(_worker.Says(1, Topic, [1]))));
        Assert.Equal(DispatchErrorKind.BadOrigin, Assert.Single(_chain.Chain.EventsOf<Sudo.Sudid>()).SudoResult.TryGet(out _, out DispatchError error) ? default : error.Kind);
    }

    [Fact]
    public void OnlyWhomTheChainKnowsMaySend()
    {
        Sr25519KeyPair key = TestWorker.Pair(77, 0);
        Hash256 stranger = new(key.PublicKey);
        MessageOrigin[] strangers =
        [
            new MessageOrigin.Worker(new Sr25519PublicKey(key.PublicKey)), new MessageOrigin.Cluster(stranger), new MessageOrigin.Contract(stranger), new MessageOrigin.Gatekeeper(),
            new MessageOrigin.AccountId(new(key.PublicKey)), new MessageOrigin.Pallet(Vec.Create("PhalaRegistry"u8)), new MessageOrigin.MultiLocation([1]), new MessageOrigin.Reserved(),
        ];
        foreach (MessageOrigin sender in strangers) Assert.Equal(TransactionValidityError.Custom((byte)PhalaMq.Error.BadSender), _chain.BareRefusal(PhalaChain.Sync(key, sender, 0, Topics.SystemEvent, [1])));
        Assert.Empty(_chain.Outbound());
    }

    [Fact]
    public void ClusterContractAndGatekeeperSendUnderTheKeysThatTheChainHas()
    {
        (PhalaChain chain, Sr25519KeyPair master, Sr25519KeyPair identity, Hash256 cluster) = Networks.WithKeys();
        Hash256 system = chain.SystemOf(cluster);
        Sr25519KeyPair contract = TestWorker.Pair(90, 1);
        MessageOrigin asContract = new MessageOrigin.Contract(system), asCluster = new MessageOrigin.Cluster(cluster), asGatekeeper = new MessageOrigin.Gatekeeper();
        Assert.Equal(TransactionValidityError.Custom(0), chain.BareRefusal(PhalaChain.Sync(contract, asContract, 0, Topic, [1])));
        chain.MustBare(PhalaChain.Sync(identity, asCluster, 0, Topics.ContractRegistryEvent, Payload<ContractRegistryEvent>(new ContractRegistryEvent.PubkeyAvailable(system, new Sr25519PublicKey(contract.PublicKey), default))));
        chain.MustBare(PhalaChain.Sync(contract, asContract, 0, Topic, [1]));
        chain.MustBare(PhalaChain.Sync(master, asGatekeeper, PhalaMq.OffchainIngress.Get(chain.Main, asGatekeeper), Topic, [2]));
        chain.MustBare(PhalaChain.Sync(identity, asCluster, 1, Topics.Command(system), [3]));
        Assert.Equal(Channel.OfCluster(cluster), Assert.Single(chain.Chain.EventsOf<PhalaMq.Pushed>()).Id.Channel);
        Assert.Equal(InvalidTransaction.BadProof, chain.BareRefusal(PhalaChain.Sync(master, asCluster, 2, Topic, [3])));

        chain.Root(new PhalaPhatContracts.ClusterDestroy(cluster));
        Assert.Equal(TransactionValidityError.Custom(0), chain.BareRefusal(PhalaChain.Sync(identity, asCluster, 2, Topic, [3])));
        Assert.Equal(TransactionValidityError.Custom(0), chain.BareRefusal(PhalaChain.Sync(contract, asContract, 1, Topic, [3])));
    }

    /// <summary>Worker document 7.4, holes 1 and 5: what nobody can read, from a worker of the chain, on every topic that anybody reads.</summary>
    [Fact]
    public void WhatNobodyCanReadCountsAndHarmsNothing()
    {
        Vec<byte>[] topics =
        [
            Topics.RegistryEvent, Topics.ContractRegistryEvent, Topics.ClusterKeys, Topics.WorkerClusterReport, Topics.SystemEvent, Topics.ClusterOperation, Topics.ContractOperation, Topics.ClusterEvent,
            Topics.GatekeeperLaunch, Vec.Create("phala/mining/report"u8), Vec.Create("phala/gatekeeper/event"u8),
        ];
        Vec<byte>[] payloads = [default, [0], [1], [2], [3], [4], [64], [255], Vec.Create<byte>(new byte[33]), Payload<RegistryEvent>(new RegistryEvent.MasterPubkey(_worker.Identity)), Payload<ClusterKeyMessage>(new ClusterKeyMessage.Available(default, 0, default, _worker.Identity))];
        ulong sequence = 0;
        byte[] before = [];
        foreach (Vec<byte> topic in topics)
        {
            foreach (Vec<byte> payload in payloads) _chain.MustBare(_worker.Says(sequence++, topic, payload));
        }

        Assert.Equal((ulong)(topics.Length * payloads.Length), PhalaMq.OffchainIngress.Get(_chain.Main, _worker.Origin));
        Assert.False(PhalaRegistry.GatekeeperMasterPubkey.TryGet(_chain.Main, out _));
        Assert.Empty(before);
        MessageOrigin stranger = new MessageOrigin.Worker(TestWorker.Two.Identity);
        Assert.Equal(TransactionValidityError.Custom((byte)PhalaMq.Error.BadSender), _chain.BareRefusal(PhalaChain.Sync(TestWorker.Two.Keys, stranger, 0, Topics.SystemEvent, [255])));
    }

    [Fact]
    public void TheLongestFreePayloadIsExact()
    {
        _chain.MustBare(_worker.Says(0, Topic, Vec.Create<byte>(new byte[PhalaMq.MaxOffchainPayload])));
        Assert.Equal(TransactionValidityError.Custom((byte)PhalaMq.Error.PayloadTooLarge), _chain.BareRefusal(_worker.Says(1, Topic, Vec.Create<byte>(new byte[PhalaMq.MaxOffchainPayload + 1]))));
        Assert.Equal(TransactionValidityError.Custom((byte)PhalaMq.Error.BadDestination), _chain.BareRefusal(_worker.Says(1, Topics.Command(default), [1])));
        Assert.Equal(InvalidTransaction.BadProof, _chain.BareRefusal(new PhalaMq.SyncOffchainMessage(_worker.Says(1, Topic, [1]).SignedMessage with { Signature = [1, 2, 3] })));
        Assert.Equal(InvalidTransaction.BadProof, _chain.BareRefusal(new PhalaMq.SyncOffchainMessage(_worker.Says(1, Topic, [1]).SignedMessage with { Sequence = 2 })));
    }

    [Fact]
    public void AFullBlockLeavesFreeMessagesToTheNext()
    {
        RuntimeCall small = RuntimeCall.Of(new PhalaMq.PushMessage(Vec.Create("a"u8), default));
        OpaqueExtrinsic batch = _chain.Chain.Sign(Actor.Charlie, new Utility.ForceBatch([.. Enumerable.Repeat(small, 8192 - 3)])), again = _chain.Chain.Sign(Actor.Bob, new Utility.ForceBatch([.. Enumerable.Repeat(small, 8192)]));
        _chain.Chain.Author(batch, again, PhalaChain.Bare(_worker.Says(0, Topic, [1])));
        Assert.Equal(InvalidTransaction.ExhaustsResources, _chain.Chain.Outcomes[2].Refusal);
        _chain.MustBare(_worker.Says(0, Topic, [1]));
    }

    [Fact]
    public void RelayersThatSendTheSameAreOneAndGapsWait()
    {
        TransactionPool pool = new(_chain.Chain.Runtime, _chain.Chain.Best, _chain.Chain.State, new PoolOptions(), TimeProvider.System);
        OpaqueExtrinsic[] first = [PhalaChain.Bare(_worker.Says(0, Topic, [0])), PhalaChain.Bare(_worker.Says(1, Topic, [1])), PhalaChain.Bare(_worker.Says(3, Topic, [3]))];
        foreach (OpaqueExtrinsic each in first) Assert.Equal(PoolError.None, pool.Submit(each, out _).Error);
        Assert.Equal((2, 1), (pool.Counts.Ready, pool.Counts.Future));

        // A second relayer that pays, with a tip: it does not push the free ones out.
        Assert.Equal(PoolError.TooLowPriority, pool.Submit(_chain.Chain.Sign(Actor.Eve, _worker.Says(0, Topic, [0]), tip: 1000), out _).Error);
        Assert.Equal(PoolError.AlreadyImported, pool.Submit(first[0], out _).Error);
        Assert.Equal((2, 1), (pool.Counts.Ready, pool.Counts.Future));
        Assert.Equal(PoolError.None, pool.Submit(PhalaChain.Bare(_worker.Says(2, Topic, [2])), out _).Error);
        Assert.Equal((4, 0), (pool.Counts.Ready, pool.Counts.Future));
        Assert.Equal(4ul, pool.NextSequence(_worker.Origin));

        // A block with the same messages from elsewhere, which this pool never saw: all that it has of them is settled, and the others stay.
        OpaqueExtrinsic[] block = [_chain.Chain.Sign(Actor.Dave, _worker.Says(0, Topic, [0])), _chain.Chain.Sign(Actor.Dave, _worker.Says(1, Topic, [1]), _chain.Chain[Actor.Dave].Nonce + 1)];
        _chain.Chain.Author(block);
        Assert.All(_chain.Chain.Outcomes, outcome => Assert.True(outcome.IsIncluded));
        pool.SetBest(_chain.Chain.Best, _chain.Chain.State, [], [new PoolBlock(_chain.Chain.Best, [.. block])]);
        Assert.Equal((2, 0), (pool.Counts.Ready, pool.Counts.Future));
        Assert.Equal(4ul, pool.NextSequence(_worker.Origin));
    }

    [Fact]
    public void WhatWaitsForAMessageIsReadyWhenABlockBringsItFromElsewhere()
    {
        TransactionPool pool = new(_chain.Chain.Runtime, _chain.Chain.Best, _chain.Chain.State, new PoolOptions { RevalidatedInTurn = 0, RevalidatedAtOnce = 0 }, TimeProvider.System);
        Assert.Equal(PoolError.None, pool.Submit(PhalaChain.Bare(_worker.Says(1, Topic, [1])), out _).Error);
        Assert.Equal((0, 1), (pool.Counts.Ready, pool.Counts.Future));
        OpaqueExtrinsic first = PhalaChain.Bare(_worker.Says(0, Topic, [0]));
        _chain.Chain.Author(first);
        pool.SetBest(_chain.Chain.Best, _chain.Chain.State, [], [new PoolBlock(_chain.Chain.Best, [first])]);
        Assert.Equal((1, 0), (pool.Counts.Ready, pool.Counts.Future));
    }

    private static Vec<byte> Payload<T>(T value)
        where T : IScale<T> => Vec.Create<byte>(Scale.Encode(value));
}
