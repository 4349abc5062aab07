using Phala.Chain;
using Phala.Codec;
using Phala.Crypto.Keys;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Pallets;
using Phala.Testing.Chain;
using Xunit;

namespace Phala.Tests.Runtime.Pallets;

/// <summary>Several calls in one, and calls for derived accounts.</summary>
public sealed class UtilityTests
{
    private const ulong Transfer = 84_000_000, Item = 5_000_000, Batch = 8_000_000, Extrinsic = 50_000_000;

    private static readonly RuntimeCall Gift = RuntimeCall.Of(new Balances.TransferKeepAlive(Actor.Dave.Address, Balances.Pha)), Bad = RuntimeCall.Of(new Balances.TransferKeepAlive(Actor.Dave.Address, TestChain.Endowment));

    private readonly TestChain _chain = TestChain.Create();

    private UInt128 Given => _chain[Actor.Dave].Data.Free - TestChain.Endowment;

    [Fact]
    public void ABatchStopsAtTheFirstErrorAndKeepsWhatWasBefore()
    {
        _chain.Author(_chain.Sign(Actor.Charlie, new Utility.Batch([Gift, Gift, Bad, Gift])));
        Assert.False(_chain.Outcomes[0].Result.IsError);
        Assert.Equal(new Utility.BatchInterrupted(2, DispatchError.Token(TokenError.FundsUnavailable)), Assert.Single(_chain.EventsOf<Utility.BatchInterrupted>()));
        Assert.Equal(2, _chain.EventsOf<Utility.ItemCompleted>().Count);
        Assert.Equal((UInt128)(2 * Balances.Pha), Given);
        Assert.Equal(Extrinsic + Batch + (3 * (Item + Transfer)), _chain.EventsOf<FrameSystem.ExtrinsicSuccess>()[^1].DispatchInfo.Weight.RefTime);
    }

    [Fact]
    public void ABatchOfAllDoesAllOrNothing()
    {
        _chain.Author(_chain.Sign(Actor.Charlie, new Utility.BatchAll([Gift, Bad, Gift])), _chain.Sign(Actor.Eve, new Utility.BatchAll([Gift, Gift])));
        Assert.Equal(DispatchError.Token(TokenError.FundsUnavailable), _chain.Outcomes[0].Result.Failed(out DispatchError error) ? error : default);
        Assert.Equal((UInt128)(2 * Balances.Pha), Given);
        Assert.Equal(2, _chain.EventsOf<Utility.ItemCompleted>().Count);
        Assert.Single(_chain.EventsOf<Utility.BatchCompleted>());
        Assert.Equal(Extrinsic + Batch + (2 * (Item + Transfer)), Assert.Single(_chain.EventsOf<FrameSystem.ExtrinsicFailed>()).DispatchInfo.Weight.RefTime);
    }

    [Fact]
    public void AForcedBatchGoesOn()
    {
        _chain.Author(_chain.Sign(Actor.Charlie, new Utility.ForceBatch([Bad, Gift, Bad, Gift])), _chain.Sign(Actor.Eve, new Utility.ForceBatch([Gift])), _chain.Sign(Actor.Ferdie, new Utility.Batch(default)));
        Assert.Equal((UInt128)(3 * Balances.Pha), Given);
        Assert.Equal(2, _chain.EventsOf<Utility.ItemFailed>().Count);
        Assert.Single(_chain.EventsOf<Utility.BatchCompletedWithErrors>());
        Assert.Equal(2, _chain.EventsOf<Utility.BatchCompleted>().Count);
    }

    [Fact]
    public void BatchesNestAndTheInnerOnesFailAlone()
    {
        RuntimeCall inner = RuntimeCall.Of(new Utility.BatchAll([Gift, Bad])), middle = RuntimeCall.Of(new Utility.ForceBatch([Gift, inner, Gift]));
        _chain.Author(_chain.Sign(Actor.Charlie, new Utility.Batch([middle, Gift, inner, Gift])));
        Assert.Equal((UInt128)(3 * Balances.Pha), Given);
        Assert.Equal(2u, Assert.Single(_chain.EventsOf<Utility.BatchInterrupted>()).Index);
        ulong failed = Batch + (2 * (Item + Transfer)), forced = Batch + (2 * (Item + Transfer)) + Item + failed;
        Assert.Equal(Extrinsic + Batch + (3 * Item) + forced + Transfer + failed, _chain.EventsOf<FrameSystem.ExtrinsicSuccess>()[^1].DispatchInfo.Weight.RefTime);
    }

    [Fact]
    public void ABatchHoldsSoManyCallsAndNoMore()
    {
        RuntimeCall remark = RuntimeCall.Of(new FrameSystem.Remark(default));
        Vec<RuntimeCall> most = [.. Enumerable.Repeat(remark, (int)Utility.BatchedCallsLimit)], tooMany = [.. most.AsSpan(), remark];
        _chain.Author(
            _chain.Sign(Actor.Charlie, new Utility.Batch(most)), _chain.Sign(Actor.Dave, new Utility.Batch(tooMany)), _chain.Sign(Actor.Eve, new Utility.BatchAll(tooMany)), _chain.Sign(Actor.Ferdie, new Utility.ForceBatch(tooMany)));
        Assert.False(_chain.Outcomes[0].Result.IsError);
        Assert.All(_chain.Outcomes.Skip(1), outcome => Assert.Equal(DispatchError.Module(7, 0), outcome.Result.Failed(out DispatchError error) ? error : default));
    }

    [Fact]
    public void CallsNestOnlySoDeepAsTheyAreRead()
    {
        byte[] bytes = Scale.Encode(Gift);
        int depth = 0;
        for (; Scale.Decode<RuntimeCall>(bytes).IsOk; depth++) bytes = [7, 0, 4, .. bytes];
        Assert.InRange(depth, 16, 512);
        for (; depth < 100_000; depth += 1000) bytes = [.. Enumerable.Repeat(new byte[] { 7, 0, 4 }, 1000).SelectMany(each => each), .. bytes];
        Assert.False(Scale.Decode<RuntimeCall>(bytes).IsOk);
    }

    /// <summary>The vector of polkadot-js (util-crypto, encodeDerived).</summary>
    [Fact]
    public void DerivedAccountsAreThoseOfClients()
    {
        byte[] account = new byte[AccountId.Size];
        Assert.Equal(Ss58Error.None, Ss58.TryDecode("5GvUh7fGKsdBEh5XpypkfkGuf7j3vXLxH9BdxjxnJNVXRYi1", 42, account));
        Assert.Equal("5E5XxqPxm7QbEs6twYfp3tyjXidn4kqRrNPH4o6JK9JSLUeD", Ss58.Encode(UtilityPallet.Derivative(new AccountId(account), 0).AsSpan(), 42));
    }

    [Fact]
    public void ADerivedAccountSpendsItsOwnTokensAndTheSenderPaysTheFee()
    {
        AccountId derived = UtilityPallet.Derivative(Actor.Charlie.Account, 3);
        _chain.Author(
            _chain.Sign(Actor.Charlie, new Balances.TransferKeepAlive(MultiAddress.Id(derived), 3 * Balances.Pha)),
            _chain.Sign(Actor.Charlie, new Utility.AsDerivative(3, Gift), nonce: 1), _chain.Sign(Actor.Charlie, new Utility.AsDerivative(4, Gift), nonce: 2));
        Assert.Equal((UInt128)Balances.Pha, Given);
        Assert.Equal((UInt128)(2 * Balances.Pha), FrameSystem.Account.Get(_chain.State.Main, derived).Data.Free);
        Assert.Equal(0u, FrameSystem.Account.Get(_chain.State.Main, derived).Nonce);
        Assert.Equal(3u, _chain[Actor.Charlie].Nonce);
        Assert.Equal(DispatchError.Token(TokenError.FundsUnavailable), Assert.Single(_chain.EventsOf<FrameSystem.ExtrinsicFailed>()).DispatchError);
    }

    [Fact]
    public void WhatADerivedAccountDoesWeighsItsOwnAndIsNotFree()
    {
        _chain.Author(_chain.Sign(Actor.Charlie, new Utility.AsDerivative(3, RuntimeCall.Of(new Utility.Batch([Gift, Gift])))));
        Assert.Equal(Extrinsic + Batch + Batch + Item + Transfer, _chain.EventsOf<FrameSystem.ExtrinsicSuccess>()[^1].DispatchInfo.Weight.RefTime);
        _chain.Author(_chain.Sign(Actor.Alice, new Sudo.SetKey(MultiAddress.Id(UtilityPallet.Derivative(Actor.Charlie.Account, 3)))));
        _chain.Author(_chain.Sign(Actor.Charlie, new Utility.AsDerivative(3, RuntimeCall.Of(new Sudo.SudoCall(RuntimeCall.Of(new Utility.Batch(default)))))));
        Assert.Single(_chain.EventsOf<Sudo.Sudid>());
        Assert.Equal(Pays.Yes, _chain.EventsOf<FrameSystem.ExtrinsicSuccess>()[^1].DispatchInfo.PaysFee);
        Assert.True(Assert.Single(_chain.EventsOf<TransactionPayment.TransactionFeePaid>()).ActualFee > 0);
    }
}
