using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Runtime.Execution;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;
using Phala.Testing.Chain;
using Xunit;

namespace Phala.Tests.Runtime.Pallets;

/// <summary>Validators, their keys, and what their change tells Aura and GRANDPA.</summary>
public sealed class SessionTests
{
    private static readonly SessionKeys Fresh = new(new AuraAuthorityId(Actor.Ferdie.Account.AsSpan()), TestChain.KeysOf(Actor.Ferdie).Grandpa);

    private readonly TestChain _chain = TestChain.Create(TestChain.Usual with { SessionLength = 3 });

    [Fact]
    public void NewKeysCountWhenTheSessionHasEnded()
    {
        _chain.Author(_chain.Sign(Actor.Bob, new Session.SetKeys(Fresh, default)));
        Assert.Equal(Fresh.Aura, Session.NextKeys.TryGet(_chain.State.Main, Actor.Bob.Account, out SessionKeys next) ? next.Aura : default);
        _chain.Author();
        Assert.Equal([TestChain.KeysOf(Actor.Alice).Aura, TestChain.KeysOf(Actor.Bob).Aura], Aura.Authorities.Get(_chain.State.Main).ToArray());
        Assert.Empty(_chain.EventsOf<Session.NewSession>());

        ExecutedBlock last = _chain.Author();
        Assert.Equal(new Session.NewSession(1), Assert.Single(_chain.EventsOf<Session.NewSession>()));
        Assert.Equal([TestChain.KeysOf(Actor.Alice).Aura, Fresh.Aura], Aura.Authorities.Get(_chain.State.Main).ToArray());
        Assert.Equal([Actor.Alice.Account, Actor.Bob.Account], Session.Validators.Get(_chain.State.Main).ToArray());

        // The digest: index 1 of Aura's messages and the list, then GRANDPA's scheduled change without delay.
        GrandpaAuthority[] voters = [new(TestChain.KeysOf(Actor.Alice).Grandpa, 1), new(Fresh.Grandpa, 1)];
        Assert.Equal(3, last.Header.Digest.Logs.Length);
        Assert.Equal(new DigestItem.Consensus(EngineId.Aura, [1, 8, .. Actor.Alice.Account.AsSpan(), .. Actor.Ferdie.Account.AsSpan()]), last.Header.Digest.Logs[1]);
        Assert.Equal(
            new DigestItem.Consensus(EngineId.Grandpa, [1, 8, .. voters[0].Id.AsSpan(), 1, 0, 0, 0, 0, 0, 0, 0, .. voters[1].Id.AsSpan(), 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), last.Header.Digest.Logs[2]);
        Assert.Equal(voters, Grandpa.Authorities.Get(_chain.State.Main).ToArray());
        Assert.Equal(1ul, Grandpa.CurrentSetId.Get(_chain.State.Main));
        Assert.Equal(voters, Assert.Single(_chain.EventsOf<Grandpa.NewAuthorities>()).AuthoritySet.ToArray());
        Assert.Equal(last.Header.Digest, FrameSystem.Digest.Get(_chain.State.Main));
    }

    [Fact]
    public void ASessionWithoutChangesSaysNothingInTheDigest()
    {
        for (int at = 0; at < 5; at++) Assert.Single(_chain.Author().Header.Digest.Logs.ToArray());
        Assert.Single(_chain.Author().Header.Digest.Logs.ToArray());
        Assert.Equal(2u, Session.CurrentIndex.Get(_chain.State.Main));
        Assert.Equal(0ul, Grandpa.CurrentSetId.Get(_chain.State.Main));
    }

    [Fact]
    public void AuthorsAndVotersChangeEachForThemselves()
    {
        _chain.Author(_chain.Sign(Actor.Bob, new Session.SetKeys(TestChain.KeysOf(Actor.Bob) with { Aura = Fresh.Aura }, default)));
        _chain.Author();
        DigestItem item = _chain.Author().Header.Digest.Logs.ToArray()[^1];
        Assert.Equal(EngineId.Aura, Assert.IsType<DigestItem.Consensus>(item).Engine);
        _chain.Author(_chain.Sign(Actor.Bob, new Session.SetKeys(Fresh, default)));
        _chain.Author();
        ExecutedBlock last = _chain.Author();
        Assert.Equal(2, last.Header.Digest.Logs.Length);
        Assert.Equal(EngineId.Grandpa, Assert.IsType<DigestItem.Consensus>(last.Header.Digest.Logs[1]).Engine);
        Assert.Equal(1ul, Grandpa.CurrentSetId.Get(_chain.State.Main));
    }

    [Fact]
    public void SessionsOfNoLengthNeverEnd()
    {
        TestChain chain = TestChain.Create(TestChain.Usual with { SessionLength = 0 });
        for (int at = 0; at < 4; at++) chain.Author();
        Assert.Equal(0u, Session.CurrentIndex.Get(chain.State.Main));
    }

    [Fact]
    public void AKeyIsOneAccountsUntilItIsReplacedOrPurged()
    {
        Assert.Null(ErrorOf(Actor.Charlie, new Session.SetKeys(Fresh, default)));
        Assert.Equal(DispatchError.Module(8, 2), ErrorOf(Actor.Dave, new Session.SetKeys(TestChain.KeysOf(Actor.Dave) with { Aura = Fresh.Aura }, default)));
        Assert.Equal(DispatchError.Module(8, 2), ErrorOf(Actor.Dave, new Session.SetKeys(TestChain.KeysOf(Actor.Dave) with { Grandpa = Fresh.Grandpa }, default)));
        Assert.Equal(1u, _chain[Actor.Charlie].Consumers);
        Assert.Null(ErrorOf(Actor.Charlie, new Session.SetKeys(TestChain.KeysOf(Actor.Charlie), default)));
        Assert.Equal(1u, _chain[Actor.Charlie].Consumers);
        Assert.Null(ErrorOf(Actor.Dave, new Session.SetKeys(Fresh, default)));
        Assert.Null(ErrorOf(Actor.Dave, new Session.PurgeKeys()));
        Assert.Equal(0u, _chain[Actor.Dave].Consumers);
        Assert.Equal(DispatchError.Module(8, 3), ErrorOf(Actor.Dave, new Session.PurgeKeys()));
        Assert.Null(ErrorOf(Actor.Eve, new Session.SetKeys(Fresh, default)));
        Assert.Equal(DispatchError.Module(8, 0), ErrorOf(Actor.Eve, new Session.SetKeys(Fresh, [1])));
    }

    [Fact]
    public void AnAccountThatDoesNotExistHasNoKeys() =>
        Assert.Equal(DispatchError.Module(8, 4), ErrorOf(Actor.Charlie, new Utility.AsDerivative(7, RuntimeCall.Of(new Session.SetKeys(Fresh, default)))));

    [Fact]
    public void AnAccountWithKeysDoesNotEnd()
    {
        _chain.Author(_chain.Sign(Actor.Alice, new Sudo.SudoAs(Actor.Bob.Address, RuntimeCall.Of(new Balances.TransferAllowDeath(Actor.Dave.Address, _chain[Actor.Bob].Data.Free)))));
        Assert.Equal(Result<Unit, DispatchError>.Err(DispatchError.Token(TokenError.Frozen)), Assert.Single(_chain.EventsOf<Sudo.SudoAsDone>()).SudoResult);
        _chain.Author(AsRoot(new Balances.ForceSetBalance(Actor.Bob.Address, 0)));
        Assert.Equal(Result<Unit, DispatchError>.Err(DispatchError.ConsumerRemaining), Assert.Single(_chain.EventsOf<Sudo.Sudid>()).SudoResult);

        // Another authors the block in which all is given away, and gets the fee.
        _chain.Author();
        Assert.Null(ErrorOf(Actor.Bob, new Balances.TransferAll(Actor.Dave.Address, KeepAlive: false)));
        Assert.Equal((UInt128)Balances.ExistentialDeposit, _chain[Actor.Bob].Data.Free);
    }

    [Fact]
    public void RootNamesValidatorsThatHaveKeysEachOnce()
    {
        _chain.Author(_chain.Sign(Actor.Charlie, new Session.SetKeys(TestChain.KeysOf(Actor.Charlie), default)));
        AccountId alice = Actor.Alice.Account, charlie = Actor.Charlie.Account;
        Assert.Equal(DispatchError.BadOrigin, ErrorOf(Actor.Alice, new Session.SetValidators([alice])));
        AccountId[][] bad = [[], [alice, alice], [alice, Actor.Dave.Account]];
        foreach (AccountId[] validators in bad)
        {
            _chain.Author(AsRoot(new Session.SetValidators([.. validators])));
            Assert.Equal(Result<Unit, DispatchError>.Err(DispatchError.Module(8, 16)), Assert.Single(_chain.EventsOf<Sudo.Sudid>()).SudoResult);
        }

        Assert.False(Session.QueuedValidators.TryGet(_chain.State.Main, out _));
        _chain.Author();
        _chain.Author(AsRoot(new Session.SetValidators([charlie, alice])));
        Assert.Equal([charlie, alice], Session.QueuedValidators.Get(_chain.State.Main).ToArray());
        _chain.Author();
        Assert.Equal([alice, Actor.Bob.Account], Session.Validators.Get(_chain.State.Main).ToArray());
        _chain.Author();
        Assert.Equal([charlie, alice], Session.Validators.Get(_chain.State.Main).ToArray());
        Assert.False(Session.QueuedValidators.TryGet(_chain.State.Main, out _));
    }

    [Fact]
    public void WhoHasNoKeysAnyMoreStopsUnlessNobodyWouldBeLeft()
    {
        _chain.Author(_chain.Sign(Actor.Bob, new Session.PurgeKeys()));
        _chain.Author();
        Assert.Equal(2, Aura.Authorities.Get(_chain.State.Main).Length);
        _chain.Author();
        Assert.Equal([Actor.Alice.Account], Session.Validators.Get(_chain.State.Main).ToArray());
        _chain.Author(_chain.Sign(Actor.Alice, new Session.PurgeKeys()));
        _chain.Author();
        ExecutedBlock last = _chain.Author();
        Assert.Single(last.Header.Digest.Logs.ToArray());
        Assert.Equal([Actor.Alice.Account], Session.Validators.Get(_chain.State.Main).ToArray());
        Assert.Equal([TestChain.KeysOf(Actor.Alice).Aura], Aura.Authorities.Get(_chain.State.Main).ToArray());
    }

    [Fact]
    public void KeysOfTheWorkingValidatorsAreReadable()
    {
        byte[] seed = [.. Enumerable.Repeat((byte)7, 32)];
        using Ed25519KeyPair voter = Ed25519KeyPair.FromSeed(seed);
        SessionKeys keys = new(Fresh.Aura, new GrandpaAuthorityId(voter.PublicKey));
        _chain.Author(_chain.Sign(Actor.Alice, new Session.SetKeys(keys, default)));
        KeyOwnerId owned = new(new EngineId("gran"u8), Vec.Create(voter.PublicKey));
        Assert.Equal(Actor.Alice.Account, Session.KeyOwner.Get(_chain.State.Main, owned));
        Assert.False(Session.KeyOwner.TryGet(_chain.State.Main, new KeyOwnerId(new EngineId("gran"u8), Vec.Create(TestChain.KeysOf(Actor.Alice).Grandpa.AsSpan())), out _));
    }

    /// <summary>How a call of its own block ended.</summary>
    private DispatchError? ErrorOf<T>(Actor actor, in T call)
        where T : ICall<T>
    {
        _chain.Author(_chain.Sign(actor, call));
        Assert.True(_chain.Outcomes[0].IsIncluded);
        return _chain.Outcomes[0].Result.Failed(out DispatchError error) ? error : null;
    }

    private Phala.Chain.Extrinsics.OpaqueExtrinsic AsRoot<T>(in T call)
        where T : ICall<T> => _chain.Sign(Actor.Alice, new Sudo.SudoCall(RuntimeCall.Of(call)));
}
