using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Node.TxPool.Graph;
using Phala.Runtime;
using Phala.Runtime.Interface.Transactions;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.TxPool;

/// <summary>What new blocks do to the pool.</summary>
internal sealed class PoolBlocks(PoolState pool, PhalaRuntime runtime, Func<OpaqueExtrinsic, Hash256, TransactionWatch?, PoolRefusal> submit)
{
    /// <summary>How many of those that are submitted again and again are so at one block.</summary>
    private const int BroadcastsPerBlock = 64;

    private readonly Lock _oneAfterTheOther = new();

    /// <summary>A new best block: the steps in order.</summary>
    public void SetBest(BlockId best, StateSnapshot state, IReadOnlyList<PoolBlock> retracted, IReadOnlyList<PoolBlock> enacted)
    {
        lock (_oneAfterTheOther)
        {
            PoolView view = new(runtime, best, state);
            IReadOnlyList<IncludedTransaction>[] left = [.. retracted.Select(Read)], entered = [.. enacted.Select(Read)];
            List<PoolNode> extracted = [], suspects = [];
            lock (pool.Gate)
            {
                if (view.SpecVersion != pool.View.SpecVersion) pool.Bans.Clear();
                pool.View = view;
                foreach (PoolBlock block in retracted) pool.Watches.Retracted(block.Id.Hash);
                extracted = Extract(left, entered);
                for (int index = 0; index < enacted.Count; index++) Include(enacted[index].Id, entered[index]);
                pool.Watches.TimeOut(best.Number);
                pool.Graph.Expire(best.Number);
                suspects = Suspects(entered, best.Number);
                pool.Tell();
            }

            Resubmit(retracted, left, entered);
            Restore(view, extracted);
            Revalidate(view, suspects);
            Rebroadcast();
        }
    }

    /// <summary>Blocks have become final.</summary>
    public void SetFinalized(IReadOnlyList<Hash256> finalized)
    {
        lock (pool.Gate)
        {
            foreach (Hash256 block in finalized) pool.Watches.Finalized(block);
        }
    }

    private static List<IncludedTransaction> Read(PoolBlock block)
    {
        List<IncludedTransaction> transactions = new(block.Extrinsics.Length);
        for (int index = 0; index < block.Extrinsics.Length; index++) transactions.Add(IncludedTags.Read(block.Extrinsics[index], (uint)index));
        return transactions;
    }

    /// <summary>After a change of branch, what accounts of its blocks have in the pool is taken out: what it builds on may be undone.</summary>
    private List<PoolNode> Extract(IReadOnlyList<IncludedTransaction>[] left, IReadOnlyList<IncludedTransaction>[] entered)
    {
        List<PoolNode> extracted = [];
        if (left.Length == 0) return extracted;
        foreach (AccountId account in AccountsOf([.. left, .. entered])) extracted.AddRange(pool.Graph.ExtractAccount(account));
        return extracted;
    }

    private void Include(BlockId block, IReadOnlyList<IncludedTransaction> transactions)
    {
        int before = pool.Graph.Index.Ready.Count + pool.Graph.Index.Future.Count;
        pool.Graph.Include(block.Hash, transactions);
        pool.Tally.Pruned += before - pool.Graph.Index.Ready.Count - pool.Graph.Index.Future.Count;
        foreach (IncludedTransaction transaction in transactions) pool.Watches.Included(transaction.Hash, block, transaction.Index);
    }

    /// <summary>Those to validate again: of touched accounts at once, and of the others those whose last time is longest ago.</summary>
    private List<PoolNode> Suspects(IReadOnlyList<IncludedTransaction>[] entered, uint number)
    {
        List<PoolNode> suspects = [];
        foreach (AccountId account in AccountsOf(entered))
        {
            foreach (PoolNode node in pool.Graph.Index.Of(account))
            {
                if (suspects.Count == pool.Options.RevalidatedAtOnce) break;
                node.ValidatedAt = number;
                suspects.Add(node);
            }
        }

        for (int turn = 0; turn < pool.Options.RevalidatedInTurn && pool.Graph.Index.Oldest is { } oldest; turn++)
        {
            if (oldest.ValidatedAt < number && oldest.Transaction.ValidatedAt < number) suspects.Add(oldest);
            oldest.ValidatedAt = number;
            pool.Graph.Index.MoveToEnd(oldest);
        }

        return suspects;
    }

    private static HashSet<AccountId> AccountsOf(IReadOnlyList<IncludedTransaction>[] blocks) => [.. blocks.SelectMany(static block => block).Select(static transaction => transaction.Account)];

    /// <summary>Submits what undone blocks held and the new ones do not hold.</summary>
    private void Resubmit(IReadOnlyList<PoolBlock> retracted, IReadOnlyList<IncludedTransaction>[] left, IReadOnlyList<IncludedTransaction>[] entered)
    {
        if (retracted.Count == 0) return;
        HashSet<Hash256> settled = [.. entered.SelectMany(static block => block).Select(static transaction => transaction.Hash)];
        for (int block = retracted.Count - 1; block >= 0; block--)
        {
            foreach (IncludedTransaction transaction in left[block])
            {
                if (settled.Contains(transaction.Hash)) continue;
                PoolRefusal refusal = ResubmitOne(retracted[block].Extrinsics[(int)transaction.Index], transaction.Hash);
                if (refusal.Error is PoolError.None or PoolError.AlreadyImported) continue;
                TransactionStatusKind kind = refusal.Error == PoolError.ImmediatelyDropped ? TransactionStatusKind.Dropped : TransactionStatusKind.Invalid;
                lock (pool.Gate) pool.Watches.Send(transaction.Hash, new TransactionStatus(kind));
            }
        }
    }

    /// <summary>Unlike a stranger's, it may have been banned as outdated while it was in a block.</summary>
    private PoolRefusal ResubmitOne(OpaqueExtrinsic extrinsic, Hash256 hash)
    {
        PoolRefusal refusal = pool.View.TryValidate(extrinsic, hash, default, out PoolTransaction? transaction);
        if (refusal.Error != PoolError.None) return refusal;
        lock (pool.Gate)
        {
            pool.Tally.Resubmitted++;
            refusal = pool.Graph.Import(transaction);
            pool.Tell();
            return refusal;
        }
    }

    private void Restore(PoolView view, List<PoolNode> extracted)
    {
        foreach (PoolNode node in extracted)
        {
            PoolTransaction transaction = node.Transaction;
            PoolRefusal refusal = view.TryValidate(transaction.Extrinsic, transaction.Hash, transaction.Implied, out PoolTransaction? renewed);
            lock (pool.Gate)
            {
                pool.Tally.Revalidated++;
                if (refusal.Error == PoolError.None) pool.Graph.Restore(node, renewed);
                else pool.Graph.Abandon(node);
                pool.Tell();
            }
        }
    }

    private void Revalidate(PoolView view, List<PoolNode> suspects)
    {
        foreach (PoolNode node in suspects)
        {
            PoolTransaction transaction = node.Transaction;
            PoolRefusal refusal = view.TryValidate(transaction.Extrinsic, transaction.Hash, transaction.Implied, out PoolTransaction? renewed);
            lock (pool.Gate)
            {
                pool.Tally.Revalidated++;
                if (node.Place == NodePlace.Outside) continue;
                if (refusal.Error == PoolError.None) pool.Graph.Renew(node, renewed);
                else Remove(node, refusal);
                pool.Tell();
            }
        }
    }

    private void Remove(PoolNode node, PoolRefusal refusal)
    {
        bool isOutdated = refusal.Error == PoolError.Invalid && refusal.Validity.Reason == (byte)InvalidTransaction.Stale;
        if (isOutdated) pool.Graph.RemoveOutdated(node);
        else pool.Graph.Remove(node, ChangeKind.Invalid);
        if (BanList.IsLasting(refusal)) pool.Bans.Add(node.Transaction.Hash);
        pool.Tally.Invalid++;
    }

    private void Rebroadcast()
    {
        List<TransactionBroadcast> due = [];
        lock (pool.Gate)
        {
            for (int turn = Math.Min(BroadcastsPerBlock, pool.Broadcasts.Count); turn > 0; turn--)
            {
                LinkedListNode<TransactionBroadcast> first = pool.Broadcasts.First!;
                pool.Broadcasts.RemoveFirst();
                pool.Broadcasts.AddLast(first);
                due.Add(first.Value);
            }
        }

        foreach (TransactionBroadcast broadcast in due) submit(broadcast.Extrinsic, broadcast.Hash, null);
    }
}
