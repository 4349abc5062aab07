using Phala.Node.TxPool;
using Phala.Trie;

namespace Phala.Tests.Node.TxPool;

/// <summary>The rules of the pool over two lists: whatever is asked is found by looking at everything.</summary>
internal sealed class NaivePool(PoolLimits readyLimits, PoolLimits futureLimits)
{
    private long _sequence;

    public List<NaiveEntry> Ready { get; } = [];

    public List<NaiveEntry> Future { get; } = [];

    public Dictionary<string, int> Met { get; } = [];

    public PoolError Import(PoolTransaction transaction, int[] requires, int[] provides)
    {
        if (Find(transaction.Hash) is not null) return Meet(PoolError.AlreadyImported);
        if (provides.Length == 0) return Meet(PoolError.NoTagsProvided);
        NaiveEntry entry = new(transaction, requires, provides, _sequence++);
        PoolError error = Place(entry);
        Trim();
        return Meet(error == PoolError.None && Find(transaction.Hash) is null ? PoolError.ImmediatelyDropped : error);
    }

    public NaiveEntry? Find(Hash256 hash) => Ready.Concat(Future).FirstOrDefault(entry => entry.Hash == hash);

    public void Include(IReadOnlyList<(Hash256 Hash, int[] Tags)> block)
    {
        List<int> tags = [];
        List<NaiveEntry> waiting = [];
        foreach ((Hash256 hash, int[] said) in block)
        {
            NaiveEntry? known = Find(hash);
            foreach (int tag in known?.Provides ?? said)
            {
                tags.Add(tag);
                Satisfy(tag, waiting);
            }

            if (known is null) continue;
            Note(Ready.Contains(known) ? "included" : "included from the future");
            Ready.Remove(known);
            Future.Remove(known);
        }

        foreach (int tag in tags)
        {
            if (ProviderOf(tag) is not { } rival) continue;
            Note("displaced by a block");
            RemoveWithDependents(rival);
        }

        Wake(waiting);
    }

    public void RemoveWithDependents(NaiveEntry root)
    {
        NaiveEntry[] dependents = [.. DependentsOf(root)];
        Ready.Remove(root);
        Future.Remove(root);
        foreach (NaiveEntry dependent in dependents) RemoveWithDependents(dependent);
    }

    public void RemoveOutdated(NaiveEntry entry)
    {
        List<NaiveEntry> waiting = [];
        foreach (int tag in entry.Provides) Satisfy(tag, waiting);
        RemoveWithDependents(entry);
        Wake(waiting);
    }

    public void Expire(uint number)
    {
        while (Ready.Concat(Future).Where(entry => entry.Transaction.ValidTill <= number).OrderBy(entry => entry.Transaction.ValidTill).ThenBy(entry => entry.Sequence).FirstOrDefault() is { } old)
        {
            Note("expired");
            RemoveWithDependents(old);
        }
    }

    public void Renew(NaiveEntry entry, PoolTransaction renewed, int[] requires)
    {
        int[] open = [.. entry.Requires.Where(tag => !entry.ByChain.Contains(tag))];
        if (open.ToHashSet().SetEquals(requires))
        {
            entry.Transaction = renewed;
            entry.Requires = requires;
            entry.ByChain.Clear();
            Note("renewed in place");
            return;
        }

        Note("renewed elsewhere");
        List<NaiveEntry> subtree = [];
        TakeOut(entry, subtree);
        entry.Transaction = renewed;
        entry.Requires = requires;
        entry.ByChain.Clear();
        foreach (NaiveEntry each in subtree)
        {
            Place(each);
            Trim();
        }
    }

    /// <summary>The order of an author: again and again the best of those whose foundations were taken.</summary>
    public List<Hash256> Order(Func<Hash256, bool> refuses)
    {
        List<NaiveEntry> taken = [], left = [.. Ready];
        List<Hash256> order = [];
        while (left.Where(entry => entry.Requires.All(tag => entry.ByChain.Contains(tag) || taken.Any(each => each.Provides.Contains(tag))))
            .OrderByDescending(entry => entry.Transaction.Priority).ThenBy(entry => entry.Transaction.ValidTill).ThenBy(entry => entry.Sequence).FirstOrDefault() is { } next)
        {
            left.Remove(next);
            order.Add(next.Hash);
            if (!refuses(next.Hash)) taken.Add(next);
        }

        return order;
    }

    private PoolError Place(NaiveEntry entry)
    {
        PoolError error = IsComplete(entry) ? AddReady(entry) : AddFuture(entry);
        if (Ready.Contains(entry)) WakeBy(entry);
        return error;
    }

    private PoolError AddFuture(NaiveEntry entry)
    {
        if (futureLimits.Count == 0) return PoolError.RejectedFuture;
        if (Future.Count(each => each.Transaction.Signer == entry.Transaction.Signer) >= futureLimits.PerAccount) return PoolError.ImmediatelyDropped;
        Future.Add(entry);
        return PoolError.None;
    }

    private PoolError AddReady(NaiveEntry entry)
    {
        NaiveEntry[] rivals = [.. Ready.Where(each => each.Provides.Intersect(entry.Provides).Any())];
        UInt128 old = rivals.Aggregate(UInt128.Zero, (sum, each) => sum + each.Transaction.Priority);
        if (rivals.Length > 0 && old >= entry.Transaction.Priority) return PoolError.TooLowPriority;
        HashSet<NaiveEntry> builders = [];
        foreach (NaiveEntry rival in rivals) Gather(rival, builders);
        if (entry.Requires.Any(tag => !entry.ByChain.Contains(tag) && builders.Contains(ProviderOf(tag)!))) return PoolError.CycleDetected;
        int own = Ready.Except(rivals).Count(each => each.Transaction.Signer == entry.Transaction.Signer);
        if (own >= readyLimits.PerAccount) return PoolError.ImmediatelyDropped;
        foreach (NaiveEntry rival in rivals)
        {
            Note("replaced");
            foreach (NaiveEntry dependent in DependentsOf(rival).Where(each => each.Requires.Any(tag => !each.ByChain.Contains(tag) && rival.Provides.Contains(tag) && !entry.Provides.Contains(tag))).ToArray())
            {
                Note("lost its foundation");
                RemoveWithDependents(dependent);
            }

            Ready.Remove(rival);
        }

        Ready.Add(entry);
        return PoolError.None;
    }

    private void Satisfy(int tag, List<NaiveEntry> waiting)
    {
        foreach (NaiveEntry entry in Ready) if (entry.Requires.Contains(tag) && ProviderOf(tag) is not null) entry.ByChain.Add(tag);
        foreach (NaiveEntry entry in Future.Where(each => each.Requires.Contains(tag) && each.ByChain.Add(tag)).OrderBy(each => each.Sequence)) waiting.Add(entry);
    }

    private void Wake(List<NaiveEntry> waiting)
    {
        foreach (NaiveEntry entry in waiting)
        {
            if (TryWake(entry)) WakeBy(entry);
        }

        Trim();
    }

    private void WakeBy(NaiveEntry first)
    {
        Queue<NaiveEntry> providers = new([first]);
        while (providers.TryDequeue(out NaiveEntry? provider))
        {
            foreach (int tag in provider.Provides)
            {
                if (!Ready.Contains(provider)) break;
                foreach (NaiveEntry entry in Future.Where(each => each.Requires.Contains(tag) && !each.ByChain.Contains(tag)).OrderBy(each => each.Sequence).ToArray())
                {
                    if (TryWake(entry)) providers.Enqueue(entry);
                }
            }
        }
    }

    private bool TryWake(NaiveEntry entry)
    {
        if (!Future.Contains(entry) || !IsComplete(entry)) return false;
        Future.Remove(entry);
        PoolError error = AddReady(entry);
        Note(error == PoolError.None ? "promoted" : $"not promoted: {error}");
        return error == PoolError.None;
    }

    private void Trim()
    {
        while (Ready.Count > readyLimits.Count || Ready.Sum(each => each.Transaction.Length) > readyLimits.Bytes) Drop(Ready);
        while (Future.Count > futureLimits.Count || Future.Sum(each => each.Transaction.Length) > futureLimits.Bytes) Drop(Future);
    }

    private void Drop(List<NaiveEntry> from)
    {
        Note(from == Ready ? "ready dropped" : "future dropped");
        RemoveWithDependents(from.OrderBy(each => each.Transaction.Priority).ThenByDescending(each => each.Sequence).First());
    }

    private void TakeOut(NaiveEntry root, List<NaiveEntry> subtree)
    {
        Queue<NaiveEntry> pending = new([root]);
        while (pending.TryDequeue(out NaiveEntry? entry))
        {
            if (subtree.Contains(entry)) continue;
            foreach (NaiveEntry dependent in DependentsOf(entry).OrderBy(each => each.Sequence)) pending.Enqueue(dependent);
            subtree.Add(entry);
            Ready.Remove(entry);
            Future.Remove(entry);
        }
    }

    private void Gather(NaiveEntry root, HashSet<NaiveEntry> into)
    {
        if (!into.Add(root)) return;
        foreach (NaiveEntry dependent in DependentsOf(root)) Gather(dependent, into);
    }

    private bool IsComplete(NaiveEntry entry) => entry.Requires.All(tag => entry.ByChain.Contains(tag) || ProviderOf(tag) is not null);

    private NaiveEntry? ProviderOf(int tag) => Ready.FirstOrDefault(each => each.Provides.Contains(tag));

    private IEnumerable<NaiveEntry> DependentsOf(NaiveEntry entry) =>
        Ready.Contains(entry) ? Ready.Where(each => each.Requires.Any(tag => !each.ByChain.Contains(tag) && entry.Provides.Contains(tag))) : [];

    private PoolError Meet(PoolError error)
    {
        Note(error.ToString());
        return error;
    }

    private void Note(string what) => Met[what] = Met.GetValueOrDefault(what) + 1;
}
