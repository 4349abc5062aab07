using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Apis;
using Phala.Runtime.Genesis;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Apis;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;
using Phala.Testing.Chain;
using Xunit;

namespace Phala.Tests.Runtime.Pallets;

/// <summary>What transactions cost, who pays and who gets it.</summary>
public sealed class TransactionPaymentTests
{
    private static readonly Balances.TransferKeepAlive Gift = new(Actor.Dave.Address, Balances.Pha);

    private readonly TestChain _chain = TestChain.Create();

    [Fact]
    public void AFeeIsThatOfBeingThereOfTheBytesAndOfTheWeight()
    {
        OpaqueExtrinsic transaction = _chain.Sign(Actor.Charlie, Gift);
        _chain.Author(transaction);
        UInt128 expected = 500_000_000 + (10_000_000 * (UInt128)Scale.Encode(transaction).Length) + 840_000_000;
        Assert.Equal(new TransactionPayment.TransactionFeePaid(Actor.Charlie.Account, expected, 0), Assert.Single(_chain.EventsOf<TransactionPayment.TransactionFeePaid>()));
        Assert.Equal(TestChain.Endowment - Balances.Pha - expected, _chain[Actor.Charlie].Data.Free);
        Assert.Equal(FixedU128.One, TransactionPayment.NextFeeMultiplier.Get(_chain.State.Main));
    }

    [Fact]
    public void WhatIsAskedBeforeIsWhatIsPaid()
    {
        RuntimeApiCalls apis = new(_chain.Runtime);
        OpaqueExtrinsic transaction = _chain.Sign(Actor.Charlie, Gift, tip: 777);
        byte[] encoded = Scale.Encode(transaction), question = [.. encoded, .. BitConverter.GetBytes(encoded.Length)];
        RuntimeDispatchInfo info = Scale.Decode<RuntimeDispatchInfo>(apis.Call(_chain.State, _chain.Best, "TransactionPaymentApi_query_info", question).Bytes).Value;
        FeeDetails details = Scale.Decode<FeeDetails>(apis.Call(_chain.State, _chain.Best, "TransactionPaymentApi_query_fee_details", question).Bytes).Value;
        Assert.True(details.InclusionFee.TryGet(out InclusionFee parts));
        _chain.Author(transaction);
        TransactionPayment.TransactionFeePaid paid = Assert.Single(_chain.EventsOf<TransactionPayment.TransactionFeePaid>());
        Assert.Equal(paid.ActualFee, info.PartialFee + 777);
        Assert.Equal(paid.ActualFee, parts.Total + details.Tip);
        Assert.Equal((777u, DispatchClass.Normal, 84_000_000ul), (paid.Tip, info.Class, info.Weight.RefTime));
        Assert.Equal(parts.LenFee, Number(apis.Call(_chain.State, _chain.Best, "TransactionPaymentApi_query_length_to_fee", BitConverter.GetBytes(encoded.Length))));
        Assert.Equal(parts.AdjustedWeightFee, Number(apis.Call(_chain.State, _chain.Best, "TransactionPaymentApi_query_weight_to_fee", Scale.Encode(info.Weight))));

        // The length is the one that the client names.
        byte[] longer = [.. encoded, .. BitConverter.GetBytes(encoded.Length + 1)];
        Assert.Equal(info.PartialFee + 10_000_000, Scale.Decode<RuntimeDispatchInfo>(apis.Call(_chain.State, _chain.Best, "TransactionPaymentApi_query_info", longer).Bytes).Value.PartialFee);
    }

    [Fact]
    public void TheFeeIsTakenBeforeTheCallAndTheRestGivenBackAfterIt()
    {
        RuntimeCall bad = RuntimeCall.Of(new Balances.Burn(TestChain.Endowment, true)), gift = RuntimeCall.Of(Gift);
        OpaqueExtrinsic transaction = _chain.Sign(Actor.Charlie, new Utility.Batch([bad, gift, gift]));
        _chain.Author(transaction);
        UInt128 length = 10_000_000 * (UInt128)Scale.Encode(transaction).Length, announced = 500_000_000 + length + (10 * 243_000_000ul), actual = announced - (10 * 178_000_000ul);
        Assert.Equal(
            [typeof(Balances.Withdraw), typeof(Utility.BatchInterrupted), typeof(Balances.Deposit), typeof(TransactionPayment.TransactionFeePaid), typeof(FrameSystem.ExtrinsicSuccess), typeof(Balances.Deposit)],
            _chain.Events().Skip(1).Select(record => record.Event.Shape.Type));
        Assert.Equal(announced, Assert.Single(_chain.EventsOf<Balances.Withdraw>()).Amount);
        Assert.Equal(new Balances.Deposit(Actor.Charlie.Account, announced - actual), _chain.EventsOf<Balances.Deposit>()[0]);
        Assert.Equal(actual, Assert.Single(_chain.EventsOf<TransactionPayment.TransactionFeePaid>()).ActualFee);
        Assert.Equal(TestChain.Endowment - actual, _chain[Actor.Charlie].Data.Free);
    }

    [Fact]
    public void AFailedCallCostsItsFee()
    {
        _chain.Author(_chain.Sign(Actor.Charlie, new Balances.Burn(TestChain.Endowment, true), tip: 5));
        Assert.True(_chain.Outcomes[0].Result.IsError);
        Assert.Equal(TestChain.Endowment - Assert.Single(_chain.EventsOf<TransactionPayment.TransactionFeePaid>()).ActualFee, _chain[Actor.Charlie].Data.Free);
        Assert.Equal(1u, _chain[Actor.Charlie].Nonce);
    }

    [Fact]
    public void TheAuthorGetsFeesAndTipsAtTheEndOfTheBlock()
    {
        Actor[] authors = [Actor.Bob, Actor.Alice];
        foreach (Actor author in authors)
        {
            UInt128 before = _chain[author].Data.Free;
            _chain.Author(_chain.Sign(Actor.Charlie, Gift, tip: 1000), _chain.Sign(Actor.Eve, Gift));
            UInt128 fees = _chain.EventsOf<TransactionPayment.TransactionFeePaid>().Aggregate(UInt128.Zero, (sum, paid) => sum + paid.ActualFee);
            Assert.Equal(new Balances.Deposit(author.Account, fees), _chain.EventsOf<Balances.Deposit>()[^1]);
            Assert.IsType<Phase.Finalization>(_chain.Events()[^1].Phase);
            Assert.Equal(before + fees, _chain[author].Data.Free);
        }

        _chain.Author();
        Assert.Empty(_chain.EventsOf<Balances.Deposit>());
    }

    /// <summary>A validator's keys are hot and change; its account is what earns.</summary>
    [Fact]
    public void TheAuthorIsTheValidatorAndNotTheKeyItSealsWith()
    {
        SessionKeys keys = new(new AuraAuthorityId([.. Enumerable.Repeat((byte)9, 32)]), TestChain.KeysOf(Actor.Bob).Grandpa);
        TestChain chain = TestChain.Create(TestChain.Usual with { Validators = [(Actor.Bob.Account, keys)] });
        chain.Author(chain.Sign(Actor.Charlie, Gift));
        Assert.Equal(Actor.Bob.Account, Assert.Single(chain.EventsOf<Balances.Deposit>()).Who);
        Assert.False(FrameSystem.Account.TryGet(chain.State.Main, new AccountId(keys.Aura.AsSpan()), out _));
    }

    [Fact]
    public void WhatIsTooLittleForAnAuthorWithoutAnAccountIsLost()
    {
        GenesisConfig config = TestChain.Usual;
        TestChain chain = TestChain.Create(config with { Balances = [.. config.Balances.Where(balance => balance.Account != Actor.Bob.Account)] });
        UInt128 before = Balances.TotalIssuance.Get(chain.State.Main);
        chain.Author(chain.Sign(Actor.Charlie, Gift));
        Assert.Equal(before - Assert.Single(chain.EventsOf<TransactionPayment.TransactionFeePaid>()).ActualFee, Balances.TotalIssuance.Get(chain.State.Main));
        chain.Author();
        chain.Author(chain.Sign(Actor.Charlie, Gift, tip: Balances.ExistentialDeposit));
        Assert.Equal(Actor.Bob.Account, Assert.Single(chain.EventsOf<FrameSystem.NewAccount>()).Account);
        Assert.Equal(Balances.TotalIssuance.Get(chain.State.Main), Accounts.Sum(chain.State));
    }

    /// <summary>Otherwise the account would begin anew with nonce 0, and its first transaction could be used again.</summary>
    [Fact]
    public void AnAccountThatHasEndedGetsNothingBack()
    {
        RuntimeCall heavy = RuntimeCall.Of(new Balances.TransferKeepAlive(Actor.Dave.Address, 1)), all = RuntimeCall.Of(new Balances.TransferAll(Actor.Dave.Address, KeepAlive: false));
        _chain.Author(_chain.Sign(Actor.Charlie, new Utility.Batch([all, .. Enumerable.Repeat(heavy, 20)])));
        Assert.False(FrameSystem.Account.TryGet(_chain.State.Main, Actor.Charlie.Account, out _));
        Balances.Withdraw taken = Assert.Single(_chain.EventsOf<Balances.Withdraw>());
        Assert.True(taken.Amount - Assert.Single(_chain.EventsOf<TransactionPayment.TransactionFeePaid>()).ActualFee > Balances.ExistentialDeposit);
        Assert.Equal(new Balances.Deposit(Actor.Bob.Account, taken.Amount), Assert.Single(_chain.EventsOf<Balances.Deposit>()));
        Assert.Equal(Balances.TotalIssuance.Get(_chain.State.Main), Accounts.Sum(_chain.State));
        _chain.Author(_chain.Sign(Actor.Charlie, Gift));
        Assert.Equal(InvalidTransaction.Payment, _chain.Outcomes[0].Refusal);
    }

    [Fact]
    public void AFeeLeavesTheExistentialDeposit()
    {
        UInt128 fee = FeeOf(Gift), exact = fee + Balances.ExistentialDeposit;
        _chain.Author(_chain.Sign(Actor.Alice, new Sudo.SudoCall(RuntimeCall.Of(new Utility.BatchAll(
        [
            RuntimeCall.Of(new Balances.ForceSetBalance(Actor.Charlie.Address, exact)), RuntimeCall.Of(new Balances.ForceSetBalance(Actor.Eve.Address, exact - 1)),
        ])))));
        _chain.Author(_chain.Sign(Actor.Charlie, Gift), _chain.Sign(Actor.Eve, Gift));
        Assert.True(_chain.Outcomes[0].IsIncluded && _chain.Outcomes[0].Result.IsError);
        Assert.Equal((UInt128)Balances.ExistentialDeposit, _chain[Actor.Charlie].Data.Free);
        Assert.Equal(InvalidTransaction.Payment, _chain.Outcomes[1].Refusal);
    }

    /// <summary>What comes too late is told so, even where its signer has nothing left.</summary>
    [Fact]
    public void AnOldNonceComesBeforeAnEmptyPurse()
    {
        OpaqueExtrinsic first = _chain.Sign(Actor.Charlie, new Balances.TransferAll(Actor.Dave.Address, KeepAlive: true));
        _chain.Author(first);
        _chain.Author(first, _chain.Sign(Actor.Charlie, Gift), _chain.Sign(Actor.Charlie, Gift, nonce: 9));
        Assert.Equal([InvalidTransaction.Stale, InvalidTransaction.Payment, InvalidTransaction.Payment], _chain.Outcomes.Select(outcome => outcome.Refusal));
    }

    private static UInt128 FeeOf(in Balances.TransferKeepAlive call)
    {
        TestChain scratch = TestChain.Create();
        scratch.Author(scratch.Sign(Actor.Charlie, call));
        return Assert.Single(scratch.EventsOf<TransactionPayment.TransactionFeePaid>()).ActualFee;
    }

    private static UInt128 Number(ApiAnswer answer) => Scale.Decode<U128Codec, UInt128>(answer.Bytes).Value;
}
