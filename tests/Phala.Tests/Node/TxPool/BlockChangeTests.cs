using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Node.TxPool;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Transactions;
using Phala.Testing.Chain;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Node.TxPool;

public sealed class BlockChangeTests
{
    private readonly BranchingChain _chain = new();

    private TransactionPool Pool => _chain.Pool;

    [Fact]
    public void ABlockTakesOutWhatItHoldsAndWatchersHearOfIt()
    {
        OpaqueExtrinsic first = _chain.Transfer(Actor.Alice, 0), second = _chain.Transfer(Actor.Alice, 1);
        TransactionWatch watch = Watch(first);
        Pool.Submit(second, out _);
        BlockId block = _chain.Author(most: 1);
        Assert.Equal((1, 0), (Pool.Counts.Ready, Pool.Counts.Future));
        Assert.Equal(2u, Pool.NextNonce(Actor.Alice.Account));
        Pool.SetFinalized([block.Hash]);
        Assert.Equal([new(TransactionStatusKind.Ready), new(TransactionStatusKind.InBlock, block.Hash, 1), new(TransactionStatusKind.Finalized, block.Hash, 1)], SubmissionTests.Read(watch));
        Assert.True(watch.Statuses.Completion.IsCompleted);
        _chain.Author();
        Assert.Equal(0, Pool.Counts.Ready);
        Assert.Equal(2u, _chain.NonceOf(Actor.Alice));
    }

    [Fact]
    public void AnAuthorWhoKnowsABlockBeforeThePoolDoesCallsNothingInvalidThatItHolds()
    {
        OpaqueExtrinsic first = _chain.Transfer(Actor.Alice, 0), second = _chain.Transfer(Actor.Alice, 1), other = _chain.Transfer(Actor.Bob, 0);
        TransactionWatch watch = Watch(first);
        Pool.Submit(second, out _);
        Pool.Submit(other, out _);
        BlockId block = _chain.Build(_chain.Best, first);
        ReadyIterator ready = Pool.Ready(block.Hash);
        List<Hash256> offered = [];
        while (ready.TryNext(out PoolTransaction? transaction))
        {
            offered.Add(transaction.Hash);
            if (transaction.Hash == first.Hash()) ready.Refuse(InvalidTransaction.Stale);
            if (transaction.Hash == other.Hash()) ready.Refuse(InvalidTransaction.BadProof);
        }

        // What builds on the outdated one comes next, and whether the refused one is bad is for the pool to say once it stands there.
        Assert.Equal(new HashSet<Hash256> { first.Hash(), second.Hash(), other.Hash() }, [.. offered]);
        Assert.Equal(3, Pool.Counts.Ready);
        _chain.Adopt(block);
        Assert.Equal([new(TransactionStatusKind.Ready), new(TransactionStatusKind.InBlock, block.Hash, 1)], SubmissionTests.Read(watch));

        ready = Pool.Ready(block.Hash);
        Assert.True(ready.TryNext(out _));
        ready.Refuse(InvalidTransaction.BadProof);
        Assert.Equal(1, Pool.Counts.Ready);
    }

    [Fact]
    public void AnotherTransactionWithTheSameNonceInABlockUsurps()
    {
        TransactionWatch loser = Watch(_chain.Transfer(Actor.Alice, 0)), follower = Watch(_chain.Transfer(Actor.Alice, 1)), gap = Watch(_chain.Transfer(Actor.Bob, 1));
        OpaqueExtrinsic other = _chain.Transfer(Actor.Alice, 0, tip: 3);
        _chain.Adopt(_chain.Build(_chain.Best, other, _chain.Transfer(Actor.Bob, 0)));
        Assert.Equal([new(TransactionStatusKind.Ready), new(TransactionStatusKind.Usurped, other.Hash())], SubmissionTests.Read(loser));
        Assert.Equal([new(TransactionStatusKind.Ready)], SubmissionTests.Read(follower));
        Assert.Equal([new(TransactionStatusKind.Future), new(TransactionStatusKind.Ready)], SubmissionTests.Read(gap));
        Assert.Equal((2, 0), (Pool.Counts.Ready, Pool.Counts.Future));
    }

    [Fact]
    public void WhatAnUndoneBlockHeldComesBack()
    {
        OpaqueExtrinsic first = _chain.Transfer(Actor.Alice, 0), second = _chain.Transfer(Actor.Alice, 1), foreign = _chain.Transfer(Actor.Bob, 0);
        TransactionWatch watch = Watch(first);
        BlockId left = _chain.Build(_chain.Best, first, foreign);
        _chain.Adopt(left);
        Pool.Submit(second, out _);
        Assert.Equal(1, Pool.Counts.Ready);

        BlockId right = _chain.Build(_chain.Build(_chain.Genesis), foreign);
        _chain.Adopt(right);
        Assert.Equal((2, 0), (Pool.Counts.Ready, Pool.Counts.Future));
        Assert.Equal(2u, Pool.NextNonce(Actor.Alice.Account));
        BlockId again = _chain.Author();
        Assert.Equal(0, Pool.Counts.Ready);
        Assert.Equal(
            [new(TransactionStatusKind.Ready), new(TransactionStatusKind.InBlock, left.Hash, 1), new(TransactionStatusKind.Retracted, left.Hash, 1), new(TransactionStatusKind.Ready), new(TransactionStatusKind.InBlock, again.Hash, 1)],
            SubmissionTests.Read(watch));
    }

    [Fact]
    public void AFollowerOfWhatIsUndoneWaitsForIt()
    {
        BlockId left = _chain.Build(_chain.Best, _chain.Transfer(Actor.Alice, 0));
        _chain.Adopt(left);
        TransactionWatch follower = Watch(_chain.Transfer(Actor.Alice, 1));
        _chain.Adopt(_chain.Build(_chain.Build(_chain.Genesis, _chain.Transfer(Actor.Alice, 0, 7), _chain.Transfer(Actor.Alice, 1, 7))));
        Assert.Equal([new(TransactionStatusKind.Ready), new(TransactionStatusKind.Invalid)], SubmissionTests.Read(follower));
        Assert.Equal((0, 0), (Pool.Counts.Ready, Pool.Counts.Future));
    }

    [Fact]
    public void WhoCanNotPayAnyMoreIsTakenOut()
    {
        TransactionWatch poor = Watch(_chain.Transfer(Actor.Charlie, 1)), rich = Watch(_chain.Transfer(Actor.Dave, 0));
        _chain.Adopt(_chain.Build(_chain.Best, _chain.Sign(Actor.Charlie, new Balances.TransferAll(Actor.Dave.Address, false), 0)));
        Assert.Equal(TransactionStatusKind.Invalid, SubmissionTests.Read(poor)[^1].Kind);
        Assert.Equal([new(TransactionStatusKind.Ready)], SubmissionTests.Read(rich));
    }

    [Fact]
    public void WhatNoBlockTouchesIsLookedAtInTurn()
    {
        BranchingChain chain = new(new PoolOptions { RevalidatedInTurn = 1 });
        chain.Pool.Submit(chain.Transfer(Actor.Dave, 0), out _);
        chain.Pool.Submit(chain.Transfer(Actor.Charlie, 0), out _);
        BlockId drained = chain.Build(chain.Best, chain.Sign(Actor.Alice, new Sudo.SudoCall(Phala.Runtime.Interface.Shapes.RuntimeCall.Of(new Balances.ForceSetBalance(Actor.Charlie.Address, 0))), 0));
        chain.Adopt(drained);
        Assert.Equal(2, chain.Pool.Counts.Ready);
        chain.Author(most: 0);
        Assert.Equal(1, chain.Pool.Counts.Ready);
    }

    [Fact]
    public void AMortalOneLeavesWithItsEra()
    {
        _chain.Author();
        Era era = Era.Mortal(4, _chain.Best.Number);
        uint birth = _chain.Best.Number;
        TransactionWatch watch = Watch(_chain.Transfer(Actor.Alice, 0, era: era));
        while (_chain.Best.Number + 1 < birth + 4 - 1) _chain.Author(most: 0);
        Assert.Equal(1, Pool.Counts.Ready);
        _chain.Author(most: 0);
        Assert.Equal(0, Pool.Counts.Ready);
        Assert.Equal([new(TransactionStatusKind.Ready), new(TransactionStatusKind.Invalid)], SubmissionTests.Read(watch));
    }

    [Fact]
    public void WatchersDoNotWaitForFinalityForEver()
    {
        BranchingChain chain = new(new PoolOptions { FinalityTimeoutBlocks = 3 });
        chain.Pool.SubmitAndWatch(chain.Transfer(Actor.Alice, 0), out TransactionWatch? watch);
        BlockId block = chain.Author();
        for (int more = 0; more < 2; more++) chain.Author();
        Assert.False(watch!.Statuses.Completion.IsCompleted);
        Assert.Equal(1, chain.Pool.Counts.Watches);
        chain.Author();
        Assert.Equal(new TransactionStatus(TransactionStatusKind.FinalityTimeout, block.Hash, 1), SubmissionTests.Read(watch)[^1]);
        Assert.Equal(0, chain.Pool.Counts.Watches);
    }

    [Fact]
    public void ABroadcastIsSubmittedAgainUntilItIsStopped()
    {
        OpaqueExtrinsic ahead = _chain.Sign(Actor.Alice, new FrameSystem.Remark(default), 0);
        Assert.True(Pool.TryBroadcast(ahead, out TransactionBroadcast? broadcast));
        Assert.Equal(1, Pool.Counts.Ready);
        Pool.Remove(ahead.Hash());
        _chain.Author();
        Assert.Equal(1, Pool.Counts.Ready);
        broadcast.Dispose();
        broadcast.Dispose();
        Pool.Remove(ahead.Hash());
        _chain.Author();
        Assert.Equal(0, Pool.Counts.Ready);

        BranchingChain full = new(new PoolOptions { MaxBroadcasts = 1 });
        Assert.True(full.Pool.TryBroadcast(ahead, out _));
        Assert.False(full.Pool.TryBroadcast(ahead, out _));
    }

    [Fact]
    public void TheAuthorPassesOverWhatLeavesMeanwhile()
    {
        OpaqueExtrinsic[] batch = [_chain.Transfer(Actor.Alice, 0, 9), _chain.Transfer(Actor.Bob, 0, 8), _chain.Transfer(Actor.Bob, 1, 7), _chain.Transfer(Actor.Charlie, 0, 6)];
        Pool.SubmitMany(batch, 1);
        ReadyIterator ready = Pool.Ready();
        Assert.True(ready.TryNext(out _));
        Pool.Remove(batch[1].Hash());
        Pool.Submit(_chain.Transfer(Actor.Dave, 0, 1), out _);
        Assert.True(ready.TryNext(out PoolTransaction? next) && next.Signer == Actor.Charlie.Account);
        Assert.True(ready.TryNext(out next) && next.Signer == Actor.Dave.Account);
        Assert.False(ready.TryNext(out _));
    }

    private TransactionWatch Watch(OpaqueExtrinsic extrinsic)
    {
        Assert.Equal(PoolError.None, Pool.SubmitAndWatch(extrinsic, out TransactionWatch? watch).Error);
        return watch!;
    }
}
