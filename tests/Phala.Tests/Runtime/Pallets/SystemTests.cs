using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Runtime.Execution;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;
using Phala.Testing.Chain;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Runtime.Pallets;

/// <summary>The block's place in the chain, its time, its weight, and how long transactions are valid.</summary>
public sealed class SystemTests
{
    private readonly TestChain _chain = TestChain.Create();

    [Fact]
    public void FourThousandAndNinetySixHashesAreKeptAndTheGenesis()
    {
        List<Hash256> hashes = [_chain.Best.Hash];
        OpaqueExtrinsic[] old = [];
        for (uint number = 1; number <= 4100; number++)
        {
            _chain.Author();
            hashes.Add(_chain.Best.Hash);
            if (number == 5) old = [.. Actor.All.Select(actor => _chain.Sign(actor, new FrameSystem.Remark(default), era: Era.Mortal(8192, 5)))];
            if (number == 4097) Assert.True(FrameSystem.BlockHash.TryGet(_chain.State.Main, 1, out _));
        }

        // Block 4100 knows its 4096 ancestors 4 to 4099, and block 0.
        for (uint number = 0; number < 4100; number++)
        {
            bool known = FrameSystem.BlockHash.TryGet(_chain.State.Main, number, out Hash256 hash);
            Assert.Equal(number == 0 || number >= 4, known);
            if (known) Assert.Equal(hashes[(int)number], hash);
        }

        Assert.False(FrameSystem.BlockHash.TryGet(_chain.State.Main, 4100, out _));

        // A window that is longer than the memory of hashes ends with it. Phases of 8192 blocks are even.
        _chain.Author(old[2]);
        Assert.True(_chain.Outcomes[0].IsIncluded);
        _chain.Author(old[3]);
        Assert.Equal(InvalidTransaction.AncientBirthBlock, _chain.Outcomes[0].Refusal);
    }

    [Theory]
    [InlineData(4u)]
    [InlineData(8u)]
    public void AMortalTransactionIsValidInItsWindowAndNotInTheBlockAfter(uint period)
    {
        for (int at = 0; at < 6; at++) _chain.Author();
        Era era = Era.Mortal(period, _chain.Best.Number);
        OpaqueExtrinsic[] transactions = [.. Actor.All.Select(actor => _chain.Sign(actor, new FrameSystem.Remark(default), era: era))];
        uint birth = _chain.Best.Number;
        for (uint at = 1; at < period; at++)
        {
            _chain.Author(transactions[(int)(at % 5)]);
            Assert.Equal(at <= 5, _chain.Outcomes[0].IsIncluded);
        }

        Assert.Equal(birth + period - 1, _chain.Best.Number);
        _chain.Author(transactions[5]);
        Assert.Equal(InvalidTransaction.AncientBirthBlock, _chain.Outcomes[0].Refusal);
    }

    [Fact]
    public void ABlockWritesWhereItStandsAndWhatItHolds()
    {
        _chain.Author();
        BlockId parent = _chain.Best;
        ExecutedBlock block = _chain.Author(_chain.Sign(Actor.Charlie, new FrameSystem.Remark(default)), _chain.Sign(Actor.Dave, new FrameSystem.RemarkWithEvent([1, 2])));
        MerkleTrie main = _chain.State.Main;
        Assert.Equal((2u, parent.Hash, 3u), (FrameSystem.Number.Get(main), FrameSystem.ParentHash.Get(main), FrameSystem.ExtrinsicCount.TryGet(main, out uint count) ? count : 0));
        Assert.Equal((uint)_chain.Events().Count, FrameSystem.EventCount.Get(main));
        Assert.Equal(new PerDispatchClass<Weight>(new Weight(2 * 52_000_000, 0), default, new Weight(500_000_000 + 74_000_000 + 68_000_000, 0)), FrameSystem.BlockWeight.TryGet(main, out PerDispatchClass<Weight> weight) ? weight : default);
        Assert.Equal(AuraSeal.Claim(2), Assert.Single(block.Header.Digest.Logs.ToArray()));
        Assert.Equal((2ul, 6000ul), (Aura.CurrentSlot.Get(main), Timestamp.Now.Get(main)));
        Assert.False(Timestamp.DidUpdate.TryGet(main, out _));
        Assert.Single(_chain.EventsOf<FrameSystem.Remarked>());
        _chain.Author();
        Assert.Single(_chain.Events());
    }

    [Fact]
    public void TheTimeLiesInTheSlotAndIsToldOnce()
    {
        _chain.Author();
        Assert.Equal(BlockError.None, _chain.Runtime.TryBegin(_chain.State, _chain.Best, 9, out BlockExecution? execution));
        foreach (ulong wrong in new ulong[] { 0, 1, (9 * 3000) - 1, 10 * 3000, ulong.MaxValue }) Assert.Equal(InvalidTransaction.BadMandatory, Tell(execution, wrong).Refusal);
        Assert.True(Tell(execution, (10 * 3000) - 1).IsIncluded);
        Assert.Equal((10ul * 3000) - 1, execution.Time);
        Assert.Equal(InvalidTransaction.BadMandatory, Tell(execution, (10 * 3000) - 1).Refusal);
        Assert.True(execution.TryPrepare(_chain.Sign(Actor.Charlie, new FrameSystem.Remark(default)), out PreparedTransaction? remark));
        Assert.True(execution.Apply(remark).IsIncluded);
        Assert.Equal(InvalidTransaction.BadMandatory, Tell(execution, 9 * 3000).Refusal);
    }

    [Fact]
    public void AnAccountThatEndedBeginsAnewWithNonceZero()
    {
        _chain.Author(_chain.Sign(Actor.Charlie, new FrameSystem.Remark(default)));
        _chain.Author(_chain.Sign(Actor.Charlie, new Balances.TransferAll(Actor.Dave.Address, KeepAlive: false)));
        Assert.False(FrameSystem.Account.TryGet(_chain.State.Main, Actor.Charlie.Account, out _));
        Assert.Equal(
            [typeof(Balances.Withdraw), typeof(FrameSystem.KilledAccount), typeof(Balances.Transfer), typeof(TransactionPayment.TransactionFeePaid), typeof(FrameSystem.ExtrinsicSuccess), typeof(Balances.Deposit)],
            _chain.Events().Skip(1).Select(record => record.Event.Shape.Type));
        _chain.Author(_chain.Sign(Actor.Dave, new Balances.TransferAllowDeath(Actor.Charlie.Address, Balances.ExistentialDeposit)));
        Assert.Equal(
            [typeof(Balances.Withdraw), typeof(FrameSystem.NewAccount), typeof(Balances.Endowed), typeof(Balances.Transfer), typeof(TransactionPayment.TransactionFeePaid), typeof(FrameSystem.ExtrinsicSuccess), typeof(Balances.Deposit)],
            _chain.Events().Skip(1).Select(record => record.Event.Shape.Type));
        Assert.Equal(AccountInfo.Missing with { Providers = 1, Data = AccountData.Empty with { Free = Balances.ExistentialDeposit } }, _chain[Actor.Charlie]);
    }

    [Fact]
    public void WhatDoesNotFitIntoABlockIsRefusedAndTheNextTakesIt()
    {
        RuntimeCall remark = RuntimeCall.Of(new FrameSystem.Remark(default));
        OpaqueExtrinsic[] heavy = [.. Actor.All.Take(3).Select(actor => _chain.Sign(actor, new Sudo.SudoUncheckedWeight(remark, new Weight(374_950_000_000, 0))))];
        _chain.Author([.. heavy, _chain.Sign(Actor.Dave, new Sudo.SudoUncheckedWeight(remark, new Weight(749_950_000_001, 0))), _chain.Sign(Actor.Eve, new FrameSystem.Remark(default))]);
        Assert.Equal([true, true, false, false, false], _chain.Outcomes.Select(outcome => outcome.IsIncluded));
        Assert.All(_chain.Outcomes.Skip(2), outcome => Assert.Equal(InvalidTransaction.ExhaustsResources, outcome.Refusal));
        Assert.Equal(750_000_000_000ul, FrameSystem.BlockWeight.TryGet(_chain.State.Main, out PerDispatchClass<Weight> weight) ? weight.Normal.RefTime : 0);
        _chain.Author(heavy[2], _chain.Sign(Actor.Eve, new FrameSystem.Remark(default)));
        Assert.All(_chain.Outcomes, outcome => Assert.True(outcome.IsIncluded));
    }

    private static ApplyOutcome Tell(BlockExecution execution, ulong time)
    {
        Assert.True(execution.TryPrepare(Extrinsic.Bare(Scale.Encode(RuntimeCall.Of(new Timestamp.Set(time)))), out PreparedTransaction? prepared));
        return execution.Apply(prepared);
    }
}
