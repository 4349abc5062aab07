using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Node.Metrics;
using Phala.Node.TxPool;
using Phala.Runtime.Execution;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;
using Phala.Testing.Chain;
using Phala.Tests.Node.Rpc;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Node.TxPool;

public sealed class SubmissionTests
{
    private readonly BranchingChain _chain = new();

    private TransactionPool Pool => _chain.Pool;

    [Fact]
    public void AValidOneIsReadyAndOneAheadWaits()
    {
        OpaqueExtrinsic first = _chain.Transfer(Actor.Alice, 0), third = _chain.Transfer(Actor.Alice, 2);
        Accept(first);
        Accept(third);
        Assert.Equal((1, 1), (Pool.Counts.Ready, Pool.Counts.Future));
        Assert.Equal((uint)1, Pool.NextNonce(Actor.Alice.Account));
        Accept(_chain.Transfer(Actor.Alice, 1));
        Assert.Equal((3, 0), (Pool.Counts.Ready, Pool.Counts.Future));
        Assert.Equal((uint)3, Pool.NextNonce(Actor.Alice.Account));
        Assert.Equal((uint)0, Pool.NextNonce(Actor.Bob.Account));
        Assert.True(Pool.TryGet(first.Hash(), out PoolTransaction? known));
        Assert.Equal(first, known.Extrinsic);
        Assert.Equal(3, Pool.Pending().Count);
        Assert.Equal(Pool.Pending().Sum(transaction => transaction.Length), Pool.Counts.ReadyBytes);
    }

    [Fact]
    public void TheTagOfANonceIsTheOneThatValidationGives()
    {
        OpaqueExtrinsic extrinsic = _chain.Transfer(Actor.Bob, 0);
        Accept(extrinsic);
        Assert.True(Pool.TryGet(extrinsic.Hash(), out PoolTransaction? known));
        Assert.Equal(IncludedTags.Read(extrinsic, 3).Tags, known.ProvidedTags);
        Assert.Equal((extrinsic.Hash(), 3u, Actor.Bob.Account), (IncludedTags.Read(extrinsic, 3).Hash, IncludedTags.Read(extrinsic, 3).Index, IncludedTags.Read(extrinsic, 3).Account));
    }

    [Fact]
    public void EachRefusalHasItsCodeAndWords()
    {
        OpaqueExtrinsic good = _chain.Transfer(Actor.Alice, 0);
        Accept(good);
        Refuse(good, 1013, "Transaction Already Imported", Hex.Format(good.Hash().AsSpan()));
        Refuse(new OpaqueExtrinsic(Vec.Create<byte>(0x84, 1)), 1001, "Extrinsic has invalid format", null);
        PoolRefusal low = Refuse(_chain.Sign(Actor.Alice, new Balances.TransferKeepAlive(Actor.Dave.Address, 5), 0), 1014, null, "The transaction has too low priority to replace another transaction already in the pool.");
        Assert.Equal($"Priority is too low: ({low.OldPriority} vs {low.NewPriority})", low.Message);
        Assert.True(low.OldPriority >= low.NewPriority && low.NewPriority > 0);
        Refuse(_chain.Transfer(Actor.Bob, 0, ulong.MaxValue), 1010, "Invalid Transaction", "Inability to pay some fees (e.g. account balance too low)");
        Refuse(Extrinsic.Bare(Scale.Encode(RuntimeCall.Of(new FrameSystem.Remark(default)))), 1011, "Unknown Transaction Validity", "Could not find an unsigned validator for the unsigned transaction");
        Refuse(Extrinsic.Bare(Scale.Encode(RuntimeCall.Of(new Timestamp.Set(9)))), 1010, "Invalid Transaction", "Transaction dispatch is mandatory; transactions must not be validated.");
        OpaqueExtrinsic forged = Forge(_chain.Transfer(Actor.Bob, 0));
        Refuse(forged, 1010, "Invalid Transaction", "Transaction has a bad signature");
        Refuse(forged, 1012, "Transaction is temporarily banned", null);
        Refuse(new OpaqueExtrinsic(Vec.Create(new byte[BlockLimits.Length.Operational + 1])), 1010, "Invalid Transaction", "Transaction would exhaust the block limits");
        _chain.Author();
        Refuse(good, 1010, "Invalid Transaction", "Transaction is outdated");
    }

    [Fact]
    public void EveryErrorHasACodeOfItsOwn()
    {
        PoolError[] errors = [.. Enum.GetValues<PoolError>().Where(error => error != PoolError.None)];
        Assert.Equal([1001, 1010, 1011, 1012, 1013, 1014, 1015, 1016, 1018, 1019, 1020, 1021], errors.Select(error => new PoolRefusal(error).Code));
        Assert.All(errors, error => Assert.NotEqual("", new PoolRefusal(error).Message));
        Assert.Equal("The transaction couldn't enter the pool because of the limit", new PoolRefusal(PoolError.ImmediatelyDropped).Data);
        Assert.Null(new PoolRefusal(PoolError.CycleDetected).Data);
    }

    [Fact]
    public void AHigherTipReplacesANonceAndTheReplacedOneHearsOfIt()
    {
        Assert.Equal(PoolError.None, Pool.SubmitAndWatch(_chain.Transfer(Actor.Alice, 0), out TransactionWatch? watch).Error);
        OpaqueExtrinsic better = _chain.Transfer(Actor.Alice, 0, tip: 1000);
        Accept(better);
        Assert.Equal(1, Pool.Counts.Ready);
        Assert.Equal([new(TransactionStatusKind.Ready), new(TransactionStatusKind.Usurped, better.Hash())], Read(watch!));
        Assert.True(watch!.Statuses.Completion.IsCompleted);
        Assert.Equal(0, Pool.Counts.Watches);
    }

    [Fact]
    public void ABanEndsWithItsTimeAndNoEarlier()
    {
        ManualTime time = new();
        BranchingChain chain = new(new PoolOptions { BanTime = TimeSpan.FromMinutes(10), MaxBanned = 2 }, time);
        OpaqueExtrinsic[] forged = [.. Enumerable.Range(0, 3).Select(nonce => Forge(chain.Transfer(Actor.Bob, (uint)nonce)))];
        Assert.Equal(PoolError.Invalid, chain.Pool.Submit(forged[0], out _).Error);
        time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        Assert.Equal(PoolError.TemporarilyBanned, chain.Pool.Submit(forged[0], out _).Error);
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(PoolError.Invalid, chain.Pool.Submit(forged[0], out _).Error);

        // The third one puts the first out of the list.
        Assert.Equal(PoolError.Invalid, chain.Pool.Submit(forged[1], out _).Error);
        Assert.Equal(PoolError.Invalid, chain.Pool.Submit(forged[2], out _).Error);
        Assert.Equal(2, chain.Pool.Counts.Banned);
        Assert.Equal(PoolError.TemporarilyBanned, chain.Pool.Submit(forged[1], out _).Error);
        Assert.Equal(PoolError.Invalid, chain.Pool.Submit(forged[0], out _).Error);
    }

    [Fact]
    public void WhatMoneyMayCureIsNotBanned()
    {
        OpaqueExtrinsic dear = _chain.Transfer(Actor.Bob, 0, ulong.MaxValue);
        for (int time = 0; time < 2; time++) Assert.Equal(PoolError.Invalid, Pool.Submit(dear, out _).Error);
        Assert.Equal(0, Pool.Counts.Banned);
    }

    [Fact]
    public void LimitsHoldAndTellTheSubmitter()
    {
        BranchingChain chain = new(new PoolOptions { Ready = new PoolLimits(2, 1 << 20, 2), Future = new PoolLimits(1, 1 << 20, 1), MaxWatches = 1 });
        Assert.Equal(PoolError.None, chain.Pool.Submit(chain.Transfer(Actor.Alice, 0), out _).Error);
        Assert.Equal(PoolError.None, chain.Pool.Submit(chain.Transfer(Actor.Alice, 1), out _).Error);
        Assert.Equal(PoolError.ImmediatelyDropped, chain.Pool.Submit(chain.Transfer(Actor.Alice, 2), out _).Error);
        Assert.Equal(PoolError.ImmediatelyDropped, chain.Pool.Submit(chain.Transfer(Actor.Bob, 0), out _).Error);
        Assert.Equal(PoolError.None, chain.Pool.Submit(chain.Transfer(Actor.Bob, 0, 9), out _).Error);
        Assert.Equal(PoolError.None, chain.Pool.SubmitAndWatch(chain.Transfer(Actor.Bob, 5), out TransactionWatch? watch).Error);
        Assert.Equal(PoolError.ImmediatelyDropped, chain.Pool.Submit(chain.Transfer(Actor.Bob, 6), out _).Error);
        Assert.Equal(PoolError.ImmediatelyDropped, chain.Pool.SubmitAndWatch(chain.Transfer(Actor.Bob, 1), out TransactionWatch? none).Error);
        Assert.Null(none);
        watch!.Dispose();
        Assert.Equal(0, chain.Pool.Counts.Watches);
        Assert.True(watch.Statuses.TryRead(out TransactionStatus status) && status.Kind == TransactionStatusKind.Future);

        BranchingChain strict = new(new PoolOptions { Future = default });
        Assert.Equal(PoolError.RejectedFuture, strict.Pool.Submit(strict.Transfer(Actor.Bob, 1), out _).Error);
    }

    [Fact]
    public void ManyAtOnceEnterInTheirOrder()
    {
        OpaqueExtrinsic[] batch = [.. Enumerable.Range(0, 20).Select(nonce => _chain.Transfer(Actor.Alice, (uint)nonce)), Forge(_chain.Transfer(Actor.Bob, 0)), new OpaqueExtrinsic(default)];
        PoolRefusal[] refusals = Pool.SubmitMany([.. batch, batch[3]], maxThreads: 2);
        Assert.All(refusals[..20], refusal => Assert.Equal(PoolError.None, refusal.Error));
        Assert.Equal([PoolError.Invalid, PoolError.BadFormat, PoolError.AlreadyImported], refusals[20..].Select(refusal => refusal.Error));
        Assert.Equal((20, 0), (Pool.Counts.Ready, Pool.Counts.Future));
        Assert.Equal(batch[..20].Select(extrinsic => extrinsic.Hash()), Pool.Pending().Select(transaction => transaction.Hash));
    }

    [Fact]
    public void SubmissionsFromManyThreadsAllArrive()
    {
        OpaqueExtrinsic[] batch = [.. Actor.All.SelectMany(actor => Enumerable.Range(0, 10).Select(nonce => _chain.Transfer(actor, (uint)nonce)))];
        Parallel.ForEach(batch.Concat(batch), extrinsic => Pool.Submit(extrinsic, out _));
        Assert.Equal((60, 0), (Pool.Counts.Ready, Pool.Counts.Future));
    }

    [Fact]
    public void ASignatureIsTrustedForTheSameBytesUnderTheSameImpliedDataOnly()
    {
        BlockId start = _chain.Author();
        Era era = Era.Mortal(64, start.Number);
        OpaqueExtrinsic mortal = _chain.Transfer(Actor.Alice, 0, era: era), immortal = _chain.Transfer(Actor.Bob, 0), foreign = _chain.Transfer(Actor.Charlie, 0);
        Accept(mortal);
        Accept(immortal);
        Assert.True(_chain.Runtime.TryBeginScratch(_chain.State, _chain.Best, out ScratchBlock? scratch));
        Assert.True(Trusts(scratch, mortal));
        Assert.True(Trusts(scratch, immortal));
        Assert.False(Trusts(scratch, foreign));

        // On another branch the era's first block is another one.
        BlockId other = _chain.Build(_chain.Build(_chain.Genesis));
        Assert.True(_chain.Runtime.TryBeginScratch(_chain.StateOf(other), other, out scratch));
        Assert.True(Trusts(scratch, immortal));
        Assert.False(Trusts(scratch, mortal));
        _chain.Adopt(other);
        Accept(_chain.Transfer(Actor.Dave, 0));
        Assert.True(_chain.Runtime.TryBeginScratch(_chain.State, _chain.Best, out scratch));
        Assert.True(Trusts(scratch, immortal));
        Assert.False(Trusts(scratch, mortal));

        bool Trusts(ScratchBlock block, OpaqueExtrinsic extrinsic)
        {
            Assert.True(block.TryPrepare(extrinsic, out PreparedTransaction? prepared));
            return Pool.TryTrust(prepared);
        }
    }

    [Fact]
    public void RemovalTakesWhatBuildsOnIt()
    {
        OpaqueExtrinsic[] batch = [.. Enumerable.Range(0, 4).Select(nonce => _chain.Transfer(Actor.Alice, (uint)nonce))];
        Pool.SubmitMany(batch, 1);
        Assert.Equal(batch[1..].Select(extrinsic => extrinsic.Hash()), Pool.Remove(batch[1].Hash()));
        Assert.Empty(Pool.Remove(batch[1].Hash()));
        Assert.Equal(1, Pool.Counts.Ready);
        Accept(batch[1]);
    }

    [Fact]
    public void TheAuthorTakesTheBestTipFirstAndEachAccountInOrder()
    {
        OpaqueExtrinsic[] batch = [_chain.Transfer(Actor.Alice, 0), _chain.Transfer(Actor.Alice, 1, tip: 900), _chain.Transfer(Actor.Bob, 0, tip: 500), _chain.Transfer(Actor.Charlie, 0, tip: 700), _chain.Transfer(Actor.Charlie, 1, tip: 100)];
        Pool.SubmitMany(batch, 1);
        Assert.Equal(((int[])[3, 2, 4, 0, 1]).Select(index => batch[index].Hash()), Order(_ => null));
        Assert.Equal(((int[])[3, 2, 0, 1]).Select(index => batch[index].Hash()), Order(hash => hash == batch[3].Hash() ? InvalidTransaction.ExhaustsResources : null));
        Assert.Equal(5, Pool.Counts.Ready);
        Assert.Equal(((int[])[3, 2, 0, 1]).Select(index => batch[index].Hash()), Order(hash => hash == batch[3].Hash() ? InvalidTransaction.BadProof : null));
        Assert.Equal(3, Pool.Counts.Ready);
        Assert.Equal(PoolError.TemporarilyBanned, Pool.Submit(batch[3], out _).Error);

        List<Hash256> Order(Func<Hash256, InvalidTransaction?> refuses)
        {
            List<Hash256> order = [];
            ReadyIterator ready = Pool.Ready();
            while (ready.TryNext(out PoolTransaction? transaction))
            {
                order.Add(transaction.Hash);
                if (refuses(transaction.Hash) is { } why) ready.Refuse(why);
            }

            return order;
        }
    }

    [Fact]
    public void WhatBecomesReadyIsTold()
    {
        using ReadySubscription ready = Pool.SubscribeReady(2);
        Accept(_chain.Transfer(Actor.Alice, 1));
        Assert.False(ready.Transactions.TryRead(out _));
        Accept(_chain.Transfer(Actor.Alice, 0));
        Assert.True(ready.Transactions.TryRead(out PoolTransaction? first) && ready.Transactions.TryRead(out PoolTransaction? second) && first.Hash != second.Hash);
        foreach (Actor actor in (Actor[])[Actor.Bob, Actor.Charlie, Actor.Dave]) Accept(_chain.Transfer(actor, 0));
        Assert.True(ready.Transactions.TryRead(out PoolTransaction? afterTheLost));
        Assert.Equal(Actor.Charlie.Account, afterTheLost.Signer);
        ready.Dispose();
        Assert.True(ready.Transactions.TryRead(out _) && ready.Transactions.Completion.IsCompleted);
    }

    [Fact]
    public void AWatcherThatDoesNotReadIsCutOff()
    {
        BranchingChain chain = new(new PoolOptions { WatchQueue = 2 });
        OpaqueExtrinsic extrinsic = chain.Transfer(Actor.Alice, 0);
        Assert.Equal(PoolError.None, chain.Pool.SubmitAndWatch(extrinsic, out TransactionWatch? watch).Error);
        chain.Pool.NoteBroadcast(extrinsic.Hash(), ["peer"]);
        Assert.False(watch!.IsCutOff);
        chain.Author();
        Assert.True(watch.IsCutOff);
        Assert.Equal(0, chain.Pool.Counts.Watches);
        Assert.Equal([TransactionStatusKind.Ready, TransactionStatusKind.Broadcast], Read(watch).Select(status => status.Kind));
    }

    [Fact]
    public void FiguresHaveSubstratesNames()
    {
        MetricRegistry registry = new();
        PoolMetrics.Register(registry, Pool);
        Accept(_chain.Transfer(Actor.Alice, 0));
        Accept(_chain.Transfer(Actor.Alice, 2));
        _chain.Author();
        string text = registry.Write();
        foreach (string line in (string[])["substrate_ready_transactions_number 0", "phala_pool_future_transactions_number 1", "substrate_sub_txpool_submitted_transactions 2", "substrate_sub_txpool_block_transactions_pruned 1"]) Assert.Contains($"\n{line}\n", text);
    }

    [Fact]
    public void WatchersAreLimitedAndTheRefusedAreNotWatched()
    {
        BranchingChain chain = new(new PoolOptions { MaxWatches = 1 });
        Assert.Equal(PoolError.None, chain.Pool.Submit(chain.Transfer(Actor.Alice, 0, tip: 50), out _).Error);
        Assert.Equal(PoolError.TooLowPriority, chain.Pool.SubmitAndWatch(chain.Transfer(Actor.Alice, 0), out _).Error);
        Assert.Equal(0, chain.Pool.Counts.Watches);
        Assert.Equal(PoolError.None, chain.Pool.SubmitAndWatch(chain.Transfer(Actor.Bob, 0), out _).Error);
        Assert.Equal(PoolError.ImmediatelyDropped, chain.Pool.SubmitAndWatch(chain.Transfer(Actor.Charlie, 0), out _).Error);
        Assert.Equal((1, 2), (chain.Pool.Counts.Watches, chain.Pool.Counts.Ready));
    }

    internal static List<TransactionStatus> Read(TransactionWatch watch)
    {
        List<TransactionStatus> statuses = [];
        while (watch.Statuses.TryRead(out TransactionStatus status)) statuses.Add(status);
        return statuses;
    }

    private static OpaqueExtrinsic Forge(OpaqueExtrinsic extrinsic)
    {
        byte[] bytes = extrinsic.Body.ToArray();
        bytes[40] ^= 1;
        return new OpaqueExtrinsic(Vec.Create<byte>(bytes));
    }

    private void Accept(OpaqueExtrinsic extrinsic)
    {
        Assert.Equal(PoolError.None, Pool.Submit(extrinsic, out Hash256 hash).Error);
        Assert.Equal(extrinsic.Hash(), hash);
    }

    private PoolRefusal Refuse(OpaqueExtrinsic extrinsic, int code, string? message, string? data)
    {
        PoolRefusal refusal = Pool.Submit(extrinsic, out _);
        Assert.Equal((code, data), (refusal.Code, refusal.Data));
        if (message is not null) Assert.Equal(message, refusal.Message);
        return refusal;
    }
}
