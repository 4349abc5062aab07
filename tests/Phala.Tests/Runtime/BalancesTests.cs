using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Testing.Chain;
using Xunit;

namespace Phala.Tests.Runtime;

public sealed class BalancesTests
{
    [Fact]
    public void ATransferMovesTheAmountAndCostsTheSenderAFee()
    {
        TestChain chain = TestChain.Create();
        chain.Author(chain.Sign(Actor.Charlie, new Balances.TransferKeepAlive(Actor.Dave.Address, Balances.Pha)));

        Assert.True(chain.Outcomes[0].IsIncluded);
        TransactionPayment.TransactionFeePaid fee = Assert.Single(chain.EventsOf<TransactionPayment.TransactionFeePaid>());
        Assert.Equal((UInt128)(TestChain.Endowment + Balances.Pha), chain[Actor.Dave].Data.Free);
        Assert.Equal(TestChain.Endowment - Balances.Pha - fee.ActualFee, chain[Actor.Charlie].Data.Free);
        Assert.Equal(1u, chain[Actor.Charlie].Nonce);
        Assert.Single(chain.EventsOf<Balances.Transfer>());
        Assert.True(fee.ActualFee > 0);
    }

    [Fact]
    public void TheLastEventOfATransactionTellsHowItEnded()
    {
        TestChain chain = TestChain.Create();
        chain.Author(
            chain.Sign(Actor.Charlie, new Balances.TransferKeepAlive(Actor.Dave.Address, Balances.Pha)),
            chain.Sign(Actor.Dave, new Balances.TransferKeepAlive(Actor.Eve.Address, TestChain.Endowment * 2)));

        EventRecord[] records = [.. chain.Events()];
        Assert.Equal(typeof(FrameSystem.ExtrinsicSuccess), LastOf(records, 1));
        Assert.Equal(typeof(FrameSystem.ExtrinsicFailed), LastOf(records, 2));
        FrameSystem.ExtrinsicFailed failed = Assert.Single(chain.EventsOf<FrameSystem.ExtrinsicFailed>());
        Assert.Equal(DispatchError.Token(TokenError.FundsUnavailable), failed.DispatchError);
    }

    [Fact]
    public void AnAccountBelowTheExistentialDepositEndsAndItsDustIsDestroyed()
    {
        TestChain chain = TestChain.Create();
        UInt128 fee = FeeOf(new Balances.TransferAllowDeath(Actor.Dave.Address, TestChain.Endowment / 2));
        UInt128 dust = Balances.ExistentialDeposit - 1;
        UInt128 before = Balances.TotalIssuance.Get(chain.State.Main);
        UInt128 amount = chain[Actor.Charlie].Data.Free - fee - dust;
        chain.Author(chain.Sign(Actor.Charlie, new Balances.TransferAllowDeath(Actor.Dave.Address, amount)));

        Assert.False(chain.Outcomes[0].Result.IsError);
        Assert.False(FrameSystem.Account.TryGet(chain.State.Main, Actor.Charlie.Account, out _));
        Assert.Equal(dust, Assert.Single(chain.EventsOf<Balances.DustLost>()).Amount);
        Assert.Equal(before - dust, Balances.TotalIssuance.Get(chain.State.Main));
        Assert.Single(chain.EventsOf<FrameSystem.KilledAccount>());
    }

    [Fact]
    public void TheTokensOfAllAccountsAreTheTotalIssuance()
    {
        TestChain chain = TestChain.Create();
        for (uint round = 0; round < 5; round++)
        {
            chain.Author(
                chain.Sign(Actor.Charlie, new Balances.TransferAllowDeath(Actor.Dave.Address, Balances.Pha * (round + 1)), tip: 1000),
                chain.Sign(Actor.Dave, new Balances.Burn(Balances.Pha, KeepAlive: true)),
                chain.Sign(Actor.Eve, new Balances.TransferAll(Actor.Ferdie.Address, KeepAlive: round % 2 == 0)));
            Assert.Equal(Balances.TotalIssuance.Get(chain.State.Main), Accounts.Sum(chain.State));
        }
    }

    /// <summary>The fee of the call, and of all calls that are as long.</summary>
    private static UInt128 FeeOf(in Balances.TransferAllowDeath call)
    {
        TestChain scratch = TestChain.Create();
        scratch.Author(scratch.Sign(Actor.Charlie, call));
        return Assert.Single(scratch.EventsOf<TransactionPayment.TransactionFeePaid>()).ActualFee;
    }

    private static Type LastOf(EventRecord[] records, uint extrinsic) =>
        records.Last(record => record.Phase is Phase.ApplyExtrinsic apply && apply.Index == extrinsic).Event.Shape.Type;
}
