using Phala.Codec;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;
using Phala.Testing.Chain;
using Xunit;

namespace Phala.Tests.Runtime.Pallets;

/// <summary>One account does what root may, for nothing.</summary>
public sealed class SudoTests
{
    private static readonly RuntimeCall Gift = RuntimeCall.Of(new Balances.ForceSetBalance(Actor.Dave.Address, 5 * Balances.Pha));

    private readonly TestChain _chain = TestChain.Create();

    [Fact]
    public void OnlyTheKeysHolderActsAsRoot()
    {
        RuntimeCall[] all =
        [
            RuntimeCall.Of(new Sudo.SudoCall(Gift)), RuntimeCall.Of(new Sudo.SudoUncheckedWeight(Gift, new Weight(5, 0))), RuntimeCall.Of(new Sudo.SetKey(Actor.Bob.Address)),
            RuntimeCall.Of(new Sudo.SudoAs(Actor.Dave.Address, Gift)), RuntimeCall.Of(new Sudo.RemoveKey()),
        ];
        _chain.Author(_chain.Sign(Actor.Bob, new Utility.ForceBatch([.. all])));
        Assert.Equal(all.Select(_ => DispatchError.Module(6, 0)), _chain.EventsOf<Utility.ItemFailed>().Select(failed => failed.Error));
        Assert.Equal((UInt128)TestChain.Endowment, _chain[Actor.Dave].Data.Free);
        Assert.Equal(Actor.Alice.Account, Sudo.Key.Get(_chain.State.Main));
    }

    [Fact]
    public void WhatRootDoesIsFreeWhetherItFailsOrNot()
    {
        UInt128 before = _chain[Actor.Alice].Data.Free;
        _chain.Author();
        UInt128 reward = _chain[Actor.Alice].Data.Free - before;
        _chain.Author(_chain.Sign(Actor.Alice, new Sudo.SudoCall(Gift)));
        Assert.Equal((UInt128)(5 * Balances.Pha), _chain[Actor.Dave].Data.Free);
        Assert.Equal(Result<Unit, DispatchError>.Ok(default), Assert.Single(_chain.EventsOf<Sudo.Sudid>()).SudoResult);
        Assert.Equal(Pays.No, _chain.EventsOf<FrameSystem.ExtrinsicSuccess>()[^1].DispatchInfo.PaysFee);
        _chain.Author(_chain.Sign(Actor.Alice, new Sudo.SudoCall(RuntimeCall.Of(new Balances.Burn(1, true)))));
        Assert.Equal(Result<Unit, DispatchError>.Err(DispatchError.BadOrigin), Assert.Single(_chain.EventsOf<Sudo.Sudid>()).SudoResult);
        Assert.Equal(before + reward, _chain[Actor.Alice].Data.Free);
        _chain.Author(_chain.Sign(Actor.Alice, new Sudo.SudoCall(Gift), tip: 1000));
        Assert.Equal(1000u, Assert.Single(_chain.EventsOf<TransactionPayment.TransactionFeePaid>()).ActualFee);
    }

    [Fact]
    public void RootDoesNotSignAndAnAccountMayBeActedFor()
    {
        _chain.Author(_chain.Sign(Actor.Alice, new Sudo.SudoAs(Actor.Charlie.Address, RuntimeCall.Of(new Balances.TransferKeepAlive(Actor.Dave.Address, 7)))));
        Assert.Equal(Result<Unit, DispatchError>.Ok(default), Assert.Single(_chain.EventsOf<Sudo.SudoAsDone>()).SudoResult);
        Assert.Equal((UInt128)(TestChain.Endowment - 7), _chain[Actor.Charlie].Data.Free);
        Assert.Equal(0u, _chain[Actor.Charlie].Nonce);
        _chain.Author(_chain.Sign(Actor.Alice, new Sudo.SudoAs(Actor.Charlie.Address, Gift)));
        Assert.Equal(Result<Unit, DispatchError>.Err(DispatchError.BadOrigin), Assert.Single(_chain.EventsOf<Sudo.SudoAsDone>()).SudoResult);
    }

    [Fact]
    public void TheKeyChangesHandsAndIsGivenUp()
    {
        _chain.Author(_chain.Sign(Actor.Alice, new Sudo.SetKey(Actor.Bob.Address)));
        Assert.Equal(new Sudo.KeyChanged(new(Actor.Alice.Account), Actor.Bob.Account), Assert.Single(_chain.EventsOf<Sudo.KeyChanged>()));
        _chain.Author(_chain.Sign(Actor.Alice, new Sudo.SudoCall(Gift)), _chain.Sign(Actor.Bob, new Sudo.RemoveKey()));
        Assert.True(_chain.Outcomes[0].Result.IsError);
        Assert.Single(_chain.EventsOf<Sudo.KeyRemoved>());
        _chain.Author(_chain.Sign(Actor.Bob, new Sudo.SudoCall(Gift)));
        Assert.Equal(DispatchError.Module(6, 0), _chain.Outcomes[0].Result.Failed(out DispatchError error) ? error : default);
    }

    [Fact]
    public void RootNestsAndSetsAKeyWhereThereIsNone()
    {
        RuntimeCall nested = RuntimeCall.Of(new Sudo.SudoCall(Gift)), removeAndSet = RuntimeCall.Of(new Utility.BatchAll([RuntimeCall.Of(new Sudo.RemoveKey()), RuntimeCall.Of(new Sudo.SetKey(Actor.Bob.Address))]));
        _chain.Author(_chain.Sign(Actor.Alice, new Sudo.SudoCall(nested)));
        Assert.Equal(2, _chain.EventsOf<Sudo.Sudid>().Count);
        _chain.Author(_chain.Sign(Actor.Alice, new Sudo.SudoCall(removeAndSet)));
        Assert.Equal(new Sudo.KeyChanged(default, Actor.Bob.Account), Assert.Single(_chain.EventsOf<Sudo.KeyChanged>()));
    }

    [Fact]
    public void AWeightThatIsNotCheckedIsTheOneThatIsGiven()
    {
        _chain.Author(_chain.Sign(Actor.Alice, new Sudo.SudoUncheckedWeight(Gift, new Weight(123_456, 7))));
        Assert.Equal(new Weight(50_123_456, 7), _chain.EventsOf<FrameSystem.ExtrinsicSuccess>()[^1].DispatchInfo.Weight);
    }

    /// <summary>Only an author's own call is of the class that knows no limits: a signature does not buy it in any disguise.</summary>
    [Fact]
    public void AuthorsCallsAreNotWrapped()
    {
        RuntimeCall time = RuntimeCall.Of(new Timestamp.Set(5));
        _chain.Author(
            _chain.Sign(Actor.Alice, new Timestamp.Set(5)), _chain.Sign(Actor.Alice, new Sudo.SudoCall(time)), _chain.Sign(Actor.Alice, new Sudo.SudoUncheckedWeight(time, new Weight(ulong.MaxValue, 0))),
            _chain.Sign(Actor.Alice, new Sudo.SudoAs(Actor.Bob.Address, time)), _chain.Sign(Actor.Alice, new Utility.AsDerivative(1, RuntimeCall.Of(new Sudo.SudoCall(time)))));
        Assert.All(_chain.Outcomes, outcome => Assert.Equal(InvalidTransaction.MandatoryValidation, outcome.Refusal));
        _chain.Author(_chain.Sign(Actor.Alice, new Utility.Batch([time])));
        Assert.Equal(DispatchError.BadOrigin, Assert.Single(_chain.EventsOf<Utility.BatchInterrupted>()).Error);
        Assert.Equal(DispatchClass.Normal, _chain.EventsOf<FrameSystem.ExtrinsicSuccess>()[^1].DispatchInfo.Class);
    }
}
