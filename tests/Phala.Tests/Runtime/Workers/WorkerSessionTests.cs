using Phala.Codec;
using Phala.Node.TxPool;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;
using Phala.Runtime.Interface.Workers;
using Phala.Testing.Chain;
using Xunit;

namespace Phala.Tests.Runtime.Workers;

/// <summary>Which session of a worker the chain records.</summary>
public sealed class WorkerSessionTests
{
    private readonly PhalaChain _chain = new();
    private readonly TestWorker _worker = TestWorker.One;

    public WorkerSessionTests() => _chain.Register(_worker);

    [Fact]
    public void ASessionIsRecordedBareAndTold()
    {
        PhalaRegistry.RecordSession call = _worker.Claim(_chain);
        SessionClaim claim = call.Claim.Claim;
        _chain.MustBare(call);
        uint end = _chain.Chain.Best.Number + PhalaRegistry.LeaseLength;
        SessionRecord record = PhalaRegistry.Sessions.Get(_chain.Main, _worker.Identity);
        Assert.Equal(new SessionRecord(claim.SigningKey, claim.EncryptionKey, claim.BootNonce, 0, claim.Block.Number, claim.Block, end, PhalaChain.Program, AttestationProvider.InsecureDev), record);
        Assert.Equal(new PhalaRegistry.SessionRecorded(_worker.Identity, claim.SigningKey, 0, end), Assert.Single(_chain.Chain.EventsOf<PhalaRegistry.SessionRecorded>()));
        Message message = Assert.Single(_chain.Outbound());
        Assert.Equal(new SystemEvent.SessionRecorded(_worker.Identity, record), Scale.Decode<SystemEvent>(message.Payload.AsSpan()).Value);
        Assert.Equal(InvalidTransaction.Stale, _chain.BareRefusal(call));
    }

    [Fact]
    public void AClaimIsOfThisChainAndNotOld()
    {
        SessionClaim claim = _worker.Unsigned(_chain);
        Refused(claim with { Genesis = default }, PhalaRegistry.Error.GenesisBlockHashRejected);
        Refused(claim with { Block = claim.Block with { Hash = default } }, PhalaRegistry.Error.SessionNotCanonical);
        Refused(claim with { Block = claim.Block with { Number = claim.Block.Number + 1 } }, PhalaRegistry.Error.SessionNotCanonical);
        Refused(claim with { Block = claim.Block with { Number = uint.MaxValue } }, PhalaRegistry.Error.SessionNotCanonical);
        Refused(claim with { Queue = claim.Queue with { Count = claim.Queue.Count + 1 } }, PhalaRegistry.Error.SessionNotCanonical);
        Refused(claim with { Queue = claim.Queue with { Hash = default } }, PhalaRegistry.Error.SessionNotCanonical);

        // Another history, which another chain of the same genesis might have.
        PhalaChain other = new();
        other.Register(_worker);
        other.Must(Actor.Bob, new FrameSystem.Remark([1]));
        _chain.Chain.Author();
        Assert.Equal(other.Chain.GenesisHash, _chain.Chain.GenesisHash);
        Refused(_worker.Unsigned(other), PhalaRegistry.Error.SessionNotCanonical);
        _chain.MustBare(_worker.Claim(_chain));
    }

    [Fact]
    public void AClaimsBlockMayBe256BlocksOldAndNoMore()
    {
        PhalaRegistry.RecordSession call = _worker.Claim(_chain);
        while (_chain.Chain.Best.Number < call.Claim.Claim.Block.Number + SessionClaim.LongestAge - 1) _chain.Chain.Author();
        Assert.Equal(1ul, _chain.Valid(PhalaChain.Bare(call)).Longevity);
        PhalaChain copy = _chain;
        _chain.Chain.Author();
        Assert.Equal(Custom(PhalaRegistry.Error.SessionNotCanonical), _chain.BareRefusal(call));
        Assert.Same(copy, _chain);
    }

    [Fact]
    public void TheOldestClaimThatCountsIsRecorded()
    {
        PhalaRegistry.RecordSession call = _worker.Claim(_chain);
        while (_chain.Chain.Best.Number < call.Claim.Claim.Block.Number + SessionClaim.LongestAge - 1) _chain.Chain.Author();
        _chain.MustBare(call);
        Assert.Equal(SessionClaim.LongestAge, _chain.Chain.Best.Number - call.Claim.Claim.Block.Number);
    }

    [Fact]
    public void TheNewestSessionWinsAndAnOlderComesNotBack()
    {
        PhalaRegistry.RecordSession first = _worker.Claim(_chain, 1), clone = _worker.Claim(_chain, 3);
        _chain.MustBare(first);
        Assert.Equal(InvalidTransaction.Stale, _chain.BareRefusal(clone));
        PhalaRegistry.RecordSession renewal = _worker.Claim(_chain, 1, 1);
        PhalaRegistry.RecordSession second = _worker.Claim(_chain, 2);
        _chain.MustBare(second);
        Assert.Equal(new Sr25519PublicKey(_worker.Session(2).PublicKey), PhalaRegistry.Sessions.Get(_chain.Main, _worker.Identity).SigningKey);
        Assert.Equal(InvalidTransaction.Stale, _chain.BareRefusal(first));
        Assert.Equal(Custom(PhalaRegistry.Error.SessionUnknown), _chain.BareRefusal(renewal));
        Assert.Equal(Custom(PhalaRegistry.Error.SessionUnknown), _chain.BareRefusal(_worker.Claim(_chain, 1, 5)));
        _chain.MustBare(_worker.Claim(_chain, 2, 1));
        Assert.Equal(second.Claim.Claim.Block.Number, PhalaRegistry.Sessions.Get(_chain.Main, _worker.Identity).FirstBlock);
        _chain.MustBare(_worker.Claim(_chain, 3));
    }

    [Fact]
    public void ARenewalLengthensTheLeaseOfTheSameSession()
    {
        Assert.Equal(Custom(PhalaRegistry.Error.SessionUnknown), _chain.BareRefusal(_worker.Claim(_chain, 1, 1)));
        PhalaRegistry.RecordSession first = _worker.Claim(_chain);
        _chain.MustBare(first);
        SessionClaim next = _worker.Unsigned(_chain, 1, 1);
        Refused(next with { BootNonce = default }, PhalaRegistry.Error.SessionUnknown);
        Refused(next with { EncryptionKey = default }, PhalaRegistry.Error.SessionUnknown);
        Assert.Equal(InvalidTransaction.Stale, _chain.BareRefusal(_worker.Sign(next with { Lease = 0 })));
        PhalaRegistry.RecordSession third = _worker.Claim(_chain, 1, 3);
        _chain.MustBare(third);
        Assert.Equal(InvalidTransaction.Stale, _chain.BareRefusal(_worker.Sign(next with { Lease = 2 })));
        Assert.Equal(InvalidTransaction.Stale, _chain.BareRefusal(third));
        SessionRecord record = PhalaRegistry.Sessions.Get(_chain.Main, _worker.Identity);
        Assert.Equal((3u, first.Claim.Claim.Block.Number, third.Claim.Claim.Block), (record.Lease, record.FirstBlock, record.ClaimedBlock));
        Assert.True(record.LeaseEnd > record.FirstBlock + PhalaRegistry.LeaseLength);
        // A renewal of an older view than the last one would wrap keys with an older block.
        Assert.Equal(InvalidTransaction.Stale, _chain.BareRefusal(_worker.Sign(next with { Lease = 4, Block = first.Claim.Claim.Block, Queue = first.Claim.Claim.Queue })));
    }

    [Fact]
    public void BothKeysSignAndTheAttestationBindsTheClaim()
    {
        SignedSessionClaim good = _worker.Claim(_chain).Claim;
        Assert.Equal(InvalidTransaction.BadProof, _chain.BareRefusal(new PhalaRegistry.RecordSession(good with { IdentitySignature = good.SessionSignature })));
        Assert.Equal(InvalidTransaction.BadProof, _chain.BareRefusal(new PhalaRegistry.RecordSession(good with { SessionSignature = good.IdentitySignature })));
        Assert.Equal(Custom(PhalaRegistry.Error.InvalidRuntimeInfoHash), _chain.BareRefusal(new PhalaRegistry.RecordSession(good with { Report = new AttestationReport.InsecureDev(PhalaChain.Program, default) })));
        Assert.Equal(Custom(PhalaRegistry.Error.InvalidRuntimeInfoHash), _chain.BareRefusal(new PhalaRegistry.RecordSession(good with { Claim = good.Claim with { EncryptionKey = default } })));
        Measurement other = new([.. Enumerable.Repeat((byte)9, 32)]);
        Assert.Equal(Custom(PhalaRegistry.Error.PRuntimeRejected), _chain.BareRefusal(_worker.Sign(good.Claim, program: other)));
        Assert.Equal(Custom(PhalaRegistry.Error.WorkerNotFound), _chain.BareRefusal(TestWorker.Two.Claim(_chain)));
        _chain.MustBare(new PhalaRegistry.RecordSession(good));
    }

    [Fact]
    public void AProgramThatIsAllowedNoMoreOrTooOldGetsNoSession()
    {
        _chain.MustBare(_worker.Claim(_chain));
        _chain.Root(new PhalaRegistry.SetMinimumPruntimeVersion(1, 2, 4));
        Assert.Equal(Custom(PhalaRegistry.Error.PRuntimeRejected), _chain.BareRefusal(_worker.Claim(_chain, 1, 1)));
        _chain.Root(new PhalaRegistry.SetMinimumPruntimeVersion(0, 0, 0));
        _chain.Root(new PhalaRegistry.RemovePruntime(PhalaChain.Program));
        Assert.Equal(Custom(PhalaRegistry.Error.PRuntimeRejected), _chain.BareRefusal(_worker.Claim(_chain, 1, 1)));
        _chain.Root(new PhalaRegistry.AddPruntime(PhalaChain.Program));
        _chain.MustBare(_worker.Claim(_chain, 1, 1));
    }

    [Fact]
    public void ARegistrationExpiresAndIsMadeAgain()
    {
        PhalaChain chain = new(config => config with { SlotDuration = 24 * 60 * 60 * 1000 });
        chain.Register(_worker);
        for (int day = 0; day < 89; day++) chain.Chain.Author();
        chain.MustBare(_worker.Claim(chain));
        Assert.Equal(Custom(PhalaRegistry.Error.RegistrationExpired), chain.BareRefusal(_worker.Claim(chain, 2)));
        chain.RootFails(new PhalaRegistry.RegisterGatekeeper(_worker.Identity), PhalaRegistry.Error.RegistrationExpired);
        chain.Register(_worker);
        chain.MustBare(_worker.Claim(chain, 2));
        chain.Root(new PhalaRegistry.RegisterGatekeeper(_worker.Identity));
    }

    [Fact]
    public void ClaimsCollapseInThePoolByIdentityKeyAndLease()
    {
        PhalaRegistry.RecordSession call = _worker.Claim(_chain);
        SessionClaim claim = call.Claim.Claim;
        ValidTransaction valid = _chain.Valid(PhalaChain.Bare(call));
        byte[] tag = [4 * 20, .. "PhalaRegistrySession"u8, .. claim.Identity.AsSpan(), .. claim.SigningKey.AsSpan(), 0, 0, 0, 0];
        Assert.Equal(tag, Assert.Single(valid.Provides.ToArray()).ToArray());
        Assert.Empty(valid.Requires.ToArray());
        TransactionPool pool = new(_chain.Chain.Runtime, _chain.Chain.Best, _chain.Chain.State, new PoolOptions(), TimeProvider.System);
        Assert.Equal(PoolError.None, pool.Submit(PhalaChain.Bare(call), out _).Error);
        Assert.Equal(PoolError.TooLowPriority, pool.Submit(_chain.Chain.Sign(Actor.Eve, call, tip: 1000), out _).Error);
        Assert.Equal(PoolError.None, pool.Submit(PhalaChain.Bare(_worker.Claim(_chain, 2)), out _).Error);

        // A signed one is held to the claim as well, and who is late pays nothing.
        Assert.Equal(InvalidTransaction.BadProof, _chain.Invalid(_chain.Chain.Sign(Actor.Eve, new PhalaRegistry.RecordSession(call.Claim with { SessionSignature = default }))));
        _chain.Must(Actor.Eve, call);
        Assert.Equal(InvalidTransaction.Stale, _chain.Do(Actor.Dave, call).Refusal);

        // What a block brings from elsewhere settles what waits here; a claim of no later block has lost.
        Assert.Equal(2, pool.Counts.Ready);
        pool.SetBest(_chain.Chain.Best, _chain.Chain.State, [], [new PoolBlock(_chain.Chain.Best, [_chain.Chain.Sign(Actor.Eve, call, 0)])]);
        Assert.Empty(pool.Pending());
    }

    [Fact]
    public void WithinAnotherCallAClaimIsCheckedWhenItIsDispatched()
    {
        SignedSessionClaim good = _worker.Claim(_chain).Claim;
        RuntimeCall forged = RuntimeCall.Of(new PhalaRegistry.RecordSession(good with { SessionSignature = default })), real = RuntimeCall.Of(new PhalaRegistry.RecordSession(good));
        _chain.Must(Actor.Eve, new Utility.ForceBatch([forged, real, real]));
        Assert.Equal(["PhalaRegistry.InvalidSignature", "PhalaRegistry.SessionSuperseded"], _chain.Chain.EventsOf<Utility.ItemFailed>().Select(failed => Model.Reach.Name(failed.Error)));
        _chain.Must(Actor.Alice, new Sudo.SudoCall(RuntimeCall.Of(_worker.Claim(_chain, 2))));
        Assert.Equal(DispatchErrorKind.BadOrigin, Assert.Single(_chain.Chain.EventsOf<Sudo.Sudid>()).SudoResult.TryGet(out _, out DispatchError error) ? default : error.Kind);
    }

    private static TransactionValidityError Custom(PhalaRegistry.Error error) => TransactionValidityError.Custom((byte)error);

    private void Refused(SessionClaim claim, PhalaRegistry.Error error) => Assert.Equal(Custom(error), _chain.BareRefusal(_worker.Sign(claim)));
}
