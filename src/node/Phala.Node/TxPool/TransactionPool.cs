using System.Diagnostics.CodeAnalysis;
using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Node.TxPool.Graph;
using Phala.Runtime;
using Phala.Runtime.Execution;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Messages;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.TxPool;

/// <summary>Transactions that wait for a block.</summary>
/// <remarks>
/// <para><b>Concept.</b> A submission is validated against the best block's state and enters a graph of tags: ready, or future while it waits for others. Each new best block takes out what
/// it holds, brings back what it undoes, and has those validated again whose accounts it touched; the others are validated again in turn.</para>
/// <para><b>Invariant.</b> Everything is bounded by <see cref="PoolOptions"/>. A submission costs one validation and O(log n) in the pool, whatever the pool holds.</para>
/// <para><b>Trust.</b> What is in the pool was valid at some block, with its signature verified under <see cref="PoolTransaction.Implied"/>; the block that takes it checks again. All members
/// are safe on any thread: one lock, held for moments, guards all; signatures and state are looked at outside of it. <see cref="SetBest"/> follows one another.</para>
/// </remarks>
public sealed class TransactionPool
{
    private readonly PoolState _pool;
    private readonly PoolBlocks _blocks;

    /// <summary>An empty pool.</summary>
    /// <param name="runtime">The rules.</param>
    /// <param name="best">The best block.</param>
    /// <param name="state">The state after it.</param>
    /// <param name="options">The bounds.</param>
    /// <param name="time">For bans to expire.</param>
    public TransactionPool(PhalaRuntime runtime, BlockId best, StateSnapshot state, PoolOptions options, TimeProvider time)
    {
        _pool = new PoolState(options, time, new PoolView(runtime, best, state), new TransactionGraph(options.Ready, options.Future));
        _blocks = new PoolBlocks(_pool, runtime, Submit);
    }

    /// <summary>The block against whose state submissions are validated.</summary>
    public BlockId Best => _pool.View.Best;

    /// <summary>How much the pool holds.</summary>
    public PoolCounts Counts
    {
        get
        {
            lock (_pool.Gate)
            {
                NodeShare ready = _pool.Graph.Index.Ready, future = _pool.Graph.Index.Future;
                return new PoolCounts(ready.Count, ready.Bytes, future.Count, future.Bytes, _pool.Watches.Count, _pool.Bans.Count);
            }
        }
    }

    internal PoolTally Tally => _pool.Tally;

    /// <summary>Submits a transaction.</summary>
    /// <param name="extrinsic">The transaction.</param>
    /// <param name="hash">Its hash.</param>
    /// <returns>Why it is not taken; <see cref="PoolError.None"/> where it is. Any bytes give an answer.</returns>
    public PoolRefusal Submit(OpaqueExtrinsic extrinsic, out Hash256 hash)
    {
        hash = extrinsic.Hash();
        return Submit(extrinsic, hash, watch: null);
    }

    /// <summary>Submits a transaction and watches it.</summary>
    /// <param name="extrinsic">The transaction.</param>
    /// <param name="watch">Its statuses; to be disposed of by the caller. None where it is not taken.</param>
    public PoolRefusal SubmitAndWatch(OpaqueExtrinsic extrinsic, out TransactionWatch? watch)
    {
        watch = new TransactionWatch(extrinsic.Hash(), _pool.Options.WatchQueue, Unwatch);
        PoolRefusal refusal = Submit(extrinsic, watch.Hash, watch);
        if (refusal.Error != PoolError.None) watch = null;
        return refusal;
    }

    /// <summary>Submits many at once: they are validated in parallel and enter in their order.</summary>
    public PoolRefusal[] SubmitMany(IReadOnlyList<OpaqueExtrinsic> extrinsics, int maxThreads)
    {
        PoolView view = _pool.View;
        PoolRefusal[] refusals = new PoolRefusal[extrinsics.Count];
        Hash256[] hashes = new Hash256[extrinsics.Count];
        PoolTransaction?[] transactions = new PoolTransaction?[extrinsics.Count];
        Parallel.For(0, extrinsics.Count, new ParallelOptions { MaxDegreeOfParallelism = maxThreads }, index =>
        {
            hashes[index] = extrinsics[index].Hash();
            refusals[index] = Look(hashes[index]);
            if (refusals[index].Error == PoolError.None) refusals[index] = view.TryValidate(extrinsics[index], hashes[index], default, out transactions[index]);
        });

        lock (_pool.Gate)
        {
            for (int index = 0; index < refusals.Length; index++) refusals[index] = Enter(view, extrinsics[index], hashes[index], refusals[index], transactions[index], watch: null);
        }

        return refusals;
    }

    /// <summary>Keeps submitting a transaction, while it is not in the pool, at every new best block until the answer is disposed of. What is wrong with it is not told.</summary>
    /// <returns>False where there are too many already.</returns>
    public bool TryBroadcast(OpaqueExtrinsic extrinsic, [NotNullWhen(true)] out TransactionBroadcast? broadcast)
    {
        broadcast = new TransactionBroadcast(extrinsic.Hash(), extrinsic, EndBroadcast);
        lock (_pool.Gate)
        {
            if (_pool.Broadcasts.Count >= _pool.Options.MaxBroadcasts) broadcast = null;
            else _pool.Broadcasts.AddLast(broadcast.InList);
        }

        if (broadcast is null) return false;
        Submit(extrinsic, broadcast.Hash, watch: null);
        return true;
    }

    /// <summary>A stream of transactions as they become ready.</summary>
    /// <param name="capacity">How many the reader may be behind before it misses the oldest.</param>
    public ReadySubscription SubscribeReady(int capacity)
    {
        ReadySubscription subscription = new(capacity, Unsubscribe);
        lock (_pool.Gate) _pool.Subscriptions.Add(subscription);
        return subscription;
    }

    /// <summary>The ready transactions in the order of an author, from the best one on.</summary>
    /// <param name="parent">The block that is built on, which the pool may not know yet; null for the one that the pool stands at.</param>
    public ReadyIterator Ready(Hash256? parent = null) => new(_pool, parent);

    /// <summary>A ready or future transaction.</summary>
    public bool TryGet(Hash256 hash, [NotNullWhen(true)] out PoolTransaction? transaction)
    {
        lock (_pool.Gate)
        {
            transaction = _pool.Graph.Index.TryGet(hash, out PoolNode? node) ? node.Transaction : null;
            return transaction is not null;
        }
    }

    /// <summary>Spares a block's transaction the check of its signature, where the pool has verified the same bytes under the same implied data.</summary>
    /// <returns>Whether it was spared.</returns>
    public bool TryTrust(PreparedTransaction transaction)
    {
        if (!transaction.IsSigned || transaction.Implied.IsEmpty || !TryGet(transaction.Opaque.Hash(), out PoolTransaction? known)) return false;
        if (!known.Implied.Span.SequenceEqual(transaction.Implied.Span)) return false;
        transaction.TrustSignature();
        return true;
    }

    /// <summary>The ready transactions, in no particular order; a copy.</summary>
    public IReadOnlyList<PoolTransaction> Pending()
    {
        lock (_pool.Gate) return [.. _pool.Graph.Index.All.Where(static node => node.Place == NodePlace.Ready).OrderBy(static node => node.Sequence).Select(static node => node.Transaction)];
    }

    /// <summary>The nonce of an account's next transaction: after those in the state and the ready ones without a gap.</summary>
    public uint NextNonce(AccountId account)
    {
        lock (_pool.Gate)
        {
            // Each ready one requires the one before, so what is ready begins at the state's nonce and has an end.
            uint nonce = _pool.View.NonceOf(account);
            int ready = 0, most = _pool.Graph.Index.ReadyOf(account);
            while (ready < most)
            {
                int middle = ready + ((most - ready + 1) / 2);
                if (_pool.Graph.IsProvided(NonceTag.Of(account, nonce + (uint)middle - 1))) ready = middle;
                else most = middle - 1;
            }

            return nonce + (uint)ready;
        }
    }

    /// <summary>The sequence of a sender's next message from outside the chain: after those in the state and the ready ones without a gap.</summary>
    public ulong NextSequence(MessageOrigin sender)
    {
        lock (_pool.Gate)
        {
            ulong sequence = PhalaMq.OffchainIngress.Get(_pool.View.State.Main, sender);
            while (_pool.Graph.IsProvided(new Tag(SignedMessage.PoolTag(sender, sequence)))) sequence++;
            return sequence;
        }
    }

    /// <summary>Removes a transaction and all that build on it. Those can be submitted again at once.</summary>
    /// <returns>The hashes of what was removed.</returns>
    public IReadOnlyList<Hash256> Remove(Hash256 hash)
    {
        lock (_pool.Gate)
        {
            if (!_pool.Graph.Index.TryGet(hash, out PoolNode? node)) return [];
            IReadOnlyList<PoolNode> removed = _pool.Graph.Remove(node, ChangeKind.Dropped);
            _pool.Tell();
            return [.. removed.Select(static each => each.Transaction.Hash)];
        }
    }

    /// <summary>Tells watchers to whom a transaction was sent.</summary>
    public void NoteBroadcast(Hash256 hash, IReadOnlyList<string> peers)
    {
        lock (_pool.Gate) _pool.Watches.Send(hash, new TransactionStatus(TransactionStatusKind.Broadcast, Peers: peers));
    }

    /// <summary>There is a new best block.</summary>
    /// <param name="best">The block.</param>
    /// <param name="state">The state after it.</param>
    /// <param name="retracted">The blocks that are not on the best chain any more, the highest first.</param>
    /// <param name="enacted">The blocks that are new on it, the lowest first; the last is the best one.</param>
    public void SetBest(BlockId best, StateSnapshot state, IReadOnlyList<PoolBlock> retracted, IReadOnlyList<PoolBlock> enacted) => _blocks.SetBest(best, state, retracted, enacted);

    /// <summary>Blocks have become final.</summary>
    /// <param name="finalized">The blocks, ascending.</param>
    public void SetFinalized(IReadOnlyList<Hash256> finalized) => _blocks.SetFinalized(finalized);

    private PoolRefusal Submit(OpaqueExtrinsic extrinsic, Hash256 hash, TransactionWatch? watch)
    {
        PoolRefusal refusal = Look(hash);
        if (refusal.Error != PoolError.None) return refusal;
        PoolView view = _pool.View;
        refusal = view.TryValidate(extrinsic, hash, default, out PoolTransaction? transaction);
        lock (_pool.Gate) return Enter(view, extrinsic, hash, refusal, transaction, watch);
    }

    /// <summary>Whether a hash alone says that its transaction is not taken.</summary>
    private PoolRefusal Look(Hash256 hash)
    {
        lock (_pool.Gate)
        {
            if (_pool.Bans.Contains(hash)) return new PoolRefusal(PoolError.TemporarilyBanned);
            return _pool.Graph.Index.TryGet(hash, out _) ? new PoolRefusal(PoolError.AlreadyImported, Hash: hash) : default;
        }
    }

    /// <summary>Takes what was validated; under the gate.</summary>
    private PoolRefusal Enter(PoolView view, OpaqueExtrinsic extrinsic, Hash256 hash, PoolRefusal refusal, PoolTransaction? transaction, TransactionWatch? watch)
    {
        // A block came in between. The signature is verified, so this takes little.
        if (view != _pool.View && transaction is not null) refusal = _pool.View.TryValidate(extrinsic, hash, transaction.Implied, out transaction);
        _pool.Tally.Submitted++;
        if (refusal.Error is PoolError.Invalid or PoolError.Unknown) _pool.Tally.Invalid++;
        if (BanList.IsLasting(refusal)) _pool.Bans.Add(hash);
        if (refusal.Error != PoolError.None) return refusal;
        if (!transaction!.Validity.Propagate && !_pool.Options.IsAuthor) return new PoolRefusal(PoolError.Unactionable);
        if (watch is not null && !_pool.Watches.TryAdd(watch)) return new PoolRefusal(PoolError.ImmediatelyDropped);
        refusal = _pool.Graph.Import(transaction);
        if (refusal.Error != PoolError.None && watch is not null) _pool.Watches.Remove(watch);
        _pool.Tell();
        return refusal;
    }

    private void Unwatch(TransactionWatch watch)
    {
        lock (_pool.Gate) _pool.Watches.Remove(watch);
    }

    private void Unsubscribe(ReadySubscription subscription)
    {
        lock (_pool.Gate) _pool.Subscriptions.Remove(subscription);
    }

    private void EndBroadcast(TransactionBroadcast broadcast)
    {
        lock (_pool.Gate)
        {
            if (broadcast.InList.List is not null) _pool.Broadcasts.Remove(broadcast.InList);
        }
    }
}
