using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Crypto.Hashing;
using Phala.Crypto.Signatures;
using Phala.Runtime.Execution;
using Phala.Runtime.Framework;
using Phala.Runtime.Genesis;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;
using Phala.Runtime.Interface.Workers;
using Phala.Runtime.Pallets;
using Phala.Testing.Chain;
using Phala.Tests.Runtime.Model;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Runtime.Workers;

/// <summary>A chain for development on which workers, clusters and contracts come to be by calls, as they would on any chain.</summary>
internal sealed class PhalaChain
{
    /// <summary>The program that the genesis allows.</summary>
    public static readonly Measurement Program = new([.. Enumerable.Repeat((byte)0xA1, 32)]);

    public PhalaChain(Func<GenesisConfig, GenesisConfig>? change = null)
    {
        GenesisConfig config = TestChain.Usual with { AllowInsecureDev = true, AllowedMeasurements = [Program] };
        Chain = TestChain.Create(change is null ? config : change(config));
    }

    public TestChain Chain { get; }

    public MerkleTrie Main => Chain.State.Main;

    /// <summary>The position of the queue.</summary>
    public QueueHead Queue => PhalaMq.QueueHead.Get(Main);

    /// <summary>A bare transaction.</summary>
    public static OpaqueExtrinsic Bare<T>(T call)
        where T : ICall<T> => Extrinsic.Bare(Scale.Encode(RuntimeCall.Of(call)));

    /// <summary>A block with a call; how it ended.</summary>
    public ApplyOutcome Do<T>(Actor actor, T call)
        where T : ICall<T>
    {
        Chain.Author(Chain.Sign(actor, call));
        return Chain.Outcomes[0];
    }

    /// <summary>A block with a call that ends well.</summary>
    public void Must<T>(Actor actor, T call)
        where T : ICall<T>
    {
        ApplyOutcome outcome = Do(actor, call);
        Assert.True(outcome.IsIncluded, outcome.IsIncluded ? "" : outcome.Refusal.ToString());
        Assert.False(outcome.Result.Failed(out DispatchError error), $"{call}: {Reach.Name(error)}");
    }

    /// <summary>A block with a call that ends with a pallet's error.</summary>
    public void MustFail<T, TError>(Actor actor, T call, TError error)
        where T : ICall<T>
        where TError : struct, Enum
    {
        ApplyOutcome outcome = Do(actor, call);
        Assert.True(outcome.IsIncluded, outcome.IsIncluded ? "" : outcome.Refusal.ToString());
        Assert.True(outcome.Result.Failed(out DispatchError actual), $"{call} succeeded and not {error}.");
        PalletShape shape = RuntimeShape.Pallets.Single(pallet => pallet.ErrorType == typeof(TError));
        Assert.Equal($"{shape.Name}.{error}", Reach.Name(actual));
    }

    /// <summary>A block without a call, which is refused before anybody pays for it.</summary>
    public void MustRefuse<T>(Actor actor, T call, PhalaRegistry.Error error)
        where T : ICall<T>
    {
        AccountInfo before = FrameSystem.Account.Get(Main, actor.Account);
        ApplyOutcome outcome = Do(actor, call);
        Assert.False(outcome.IsIncluded, $"{call} is in the block.");
        Assert.Equal(error.ToValidity(), outcome.Refusal);
        Assert.Equal(before, FrameSystem.Account.Get(Main, actor.Account));
    }

    /// <summary>A block with a call as root that ends well.</summary>
    public void Root<T>(T call)
        where T : ICall<T>
    {
        Must(Actor.Alice, new Sudo.SudoCall(RuntimeCall.Of(call)));
        Assert.Equal("", RootError());
    }

    /// <summary>A block with a call as root that ends with an error.</summary>
    public void RootFails<T, TError>(T call, TError error)
        where T : ICall<T>
        where TError : struct, Enum
    {
        Must(Actor.Alice, new Sudo.SudoCall(RuntimeCall.Of(call)));
        Assert.Equal($"{RuntimeShape.Pallets.Single(pallet => pallet.ErrorType == typeof(TError)).Name}.{error}", RootError());
    }

    /// <summary>A block with a bare transaction that is in it and ends well.</summary>
    public void MustBare<T>(T call)
        where T : ICall<T>
    {
        Chain.Author(Bare(call));
        Assert.True(Chain.Outcomes[0].IsIncluded, Chain.Outcomes[0].IsIncluded ? "" : Chain.Outcomes[0].Refusal.ToString());
        Assert.False(Chain.Outcomes[0].Result.IsError);
    }

    /// <summary>Why a bare transaction is not in the next block.</summary>
    public TransactionValidityError BareRefusal<T>(T call)
        where T : ICall<T>
    {
        Chain.Author(Bare(call));
        Assert.False(Chain.Outcomes[0].IsIncluded, $"{call} is in the block.");
        return Chain.Outcomes[0].Refusal;
    }

    /// <summary>What the pool would be told of a transaction.</summary>
    public TransactionValidity Validate(OpaqueExtrinsic extrinsic)
    {
        Assert.True(Chain.Runtime.TryBeginScratch(Chain.State, Chain.Best, out ScratchBlock? scratch));
        Assert.True(scratch.TryPrepare(extrinsic, out PreparedTransaction? prepared));
        return scratch.Validate(prepared);
    }

    /// <summary>What the pool would be told of a valid transaction.</summary>
    public ValidTransaction Valid(OpaqueExtrinsic extrinsic)
    {
        Assert.True(Validate(extrinsic).TryGet(out ValidTransaction? valid, out TransactionValidityError error), error.ToString());
        return valid;
    }

    /// <summary>Why the pool would not take a transaction.</summary>
    public TransactionValidityError Invalid(OpaqueExtrinsic extrinsic)
    {
        Assert.False(Validate(extrinsic).TryGet(out _, out TransactionValidityError error));
        return error;
    }

    /// <summary>Registers a worker.</summary>
    public void Register(TestWorker worker) => Must(Actor.Ferdie, worker.Registration(this));

    /// <summary>Registers a worker and records a session.</summary>
    public void Start(TestWorker worker)
    {
        Register(worker);
        MustBare(worker.Claim(this));
    }

    /// <summary>Makes a cluster.</summary>
    public Hash256 AddCluster(params TestWorker[] members)
    {
        Root(ClusterOf(Actor.Bob, [.. members.Select(member => member.Identity)]));
        return Chain.EventsOf<PhalaPhatContracts.ClusterCreated>()[0].Cluster;
    }

    /// <summary>The call that makes a cluster.</summary>
    public static PhalaPhatContracts.AddCluster ClusterOf(Actor owner, Vec<Sr25519PublicKey> members, ClusterAccess? permission = null, UInt128 deposit = default) =>
        new(owner.Account, permission ?? new ClusterAccess.Public(), members, deposit, 1, 2, 3, Actor.Eve.Account);

    /// <summary>The system contract of a cluster.</summary>
    public Hash256 SystemOf(Hash256 cluster) => PhalaPhatContracts.Clusters.Get(Main, cluster).SystemContract;

    /// <summary>The messages of the best block.</summary>
    public IReadOnlyList<Message> Outbound() => PhalaMq.OutboundMessages.Get(Main).ToArray();

    /// <summary>A worker's message.</summary>
    public static PhalaMq.SyncOffchainMessage Sync(Sr25519KeyPair keys, MessageOrigin sender, ulong sequence, Vec<byte> topic, Vec<byte> payload)
    {
        Message message = new(sender, topic, payload);
        return new PhalaMq.SyncOffchainMessage(new SignedMessage(message, sequence, Sign(keys, SignedMessage.SigningBytes(message, sequence))));
    }

    /// <summary>A signature with entropy that follows from the message.</summary>
    public static Vec<byte> Sign(Sr25519KeyPair keys, ReadOnlySpan<byte> message)
    {
        byte[] entropy = new byte[Sr25519.EntropyLength], signature = new byte[64];
        Blake2b.Hash256(message, entropy.AsSpan(0, Math.Min(32, entropy.Length)));
        keys.Sign(message, entropy, signature);
        return Vec.Create<byte>(signature);
    }

    private string RootError()
    {
        Result<Unit, DispatchError> result = Chain.EventsOf<Sudo.Sudid>()[0].SudoResult;
        return result.TryGet(out _, out DispatchError error) ? "" : Reach.Name(error);
    }
}
