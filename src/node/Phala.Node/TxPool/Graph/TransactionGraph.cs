using System.Diagnostics.CodeAnalysis;
using Phala.Chain;
using Phala.Trie;

namespace Phala.Node.TxPool.Graph;

/// <summary>Transactions ordered by tags.</summary>
/// <remarks>
/// <para><b>Concept.</b> A transaction provides tags and requires others. It is ready where the chain or ready ones provide all that it requires, and otherwise waits in the
/// future set. An account's nonces are such tags: each transaction requires the one before and provides its own.</para>
/// <para><b>Invariant.</b> No two ready ones provide the same tag. Whatever a ready one requires is provided by the chain or by a ready one, without circles. Neither set exceeds its
/// limits between two calls. A change costs O(log n), and as much again for each transaction that it moves or removes: each was paid for when it came.</para>
/// <para><b>Trust.</b> None: it believes what validation said. It is for one thread at a time.</para>
/// </remarks>
internal sealed class TransactionGraph(PoolLimits ready, PoolLimits future)
{
    private readonly NodeIndex _index = new(ready, future);
    private readonly Dictionary<Tag, PoolNode> _provided = [];
    private readonly FutureTags _wanted = new();
    private readonly List<Change> _changes = [];
    private long _sequence;

    /// <summary>Ready nodes that build on no other, in the order of authors.</summary>
    public SortedSet<PoolNode> Heads { get; } = new(NodeOrder.BestFirst);

    /// <summary>The nodes.</summary>
    public NodeIndex Index => _index;

    /// <summary>Adds a transaction.</summary>
    public PoolRefusal Import(PoolTransaction transaction)
    {
        if (_index.TryGet(transaction.Hash, out _)) return new PoolRefusal(PoolError.AlreadyImported, Hash: transaction.Hash);
        if (transaction.ProvidedTags.Length == 0) return new PoolRefusal(PoolError.NoTagsProvided);
        PoolNode node = new(transaction, _sequence++);
        PoolRefusal refusal = TryPlace(node);
        if (refusal.Error != PoolError.None) return refusal;
        EnforceLimits();
        return new PoolRefusal(node.Place == NodePlace.Outside ? PoolError.ImmediatelyDropped : PoolError.None);
    }

    /// <summary>All that happened since the last call, in order.</summary>
    public void TakeChanges(List<Change> into)
    {
        into.AddRange(_changes);
        _changes.Clear();
    }

    /// <summary>Whether a ready transaction provides a tag.</summary>
    public bool IsProvided(Tag tag) => _provided.ContainsKey(tag);

    /// <summary>Takes out what a block included, and what provides the same.</summary>
    public void Include(Hash256 block, IReadOnlyList<IncludedTransaction> transactions)
    {
        List<PoolNode> promotable = [];
        List<(Tag Tag, Hash256 By)> taken = [];
        foreach (IncludedTransaction transaction in transactions)
        {
            bool isKnown = _index.TryGet(transaction.Hash, out PoolNode? node);
            foreach (Tag tag in isKnown ? node!.Transaction.ProvidedTags : transaction.Tags)
            {
                SatisfyByChain(tag, promotable);
                taken.Add((tag, transaction.Hash));
            }

            if (!isKnown) continue;
            Detach(node!);
            _changes.Add(new Change(ChangeKind.Included, node!, block, transaction.Index));
        }

        foreach ((Tag tag, Hash256 by) in taken)
        {
            if (_provided.TryGetValue(tag, out PoolNode? rival)) RemoveSubtree(rival, ChangeKind.Usurped, by);
        }

        Promote(promotable);
    }

    /// <summary>Removes a transaction and all that build on it.</summary>
    public IReadOnlyList<PoolNode> Remove(PoolNode node, ChangeKind kind) => RemoveSubtree(node, kind, default);

    /// <summary>Removes a transaction whose tags the chain provides by now; those that build on it stay.</summary>
    public void RemoveOutdated(PoolNode node)
    {
        List<PoolNode> promotable = [];
        foreach (Tag tag in node.Transaction.ProvidedTags) SatisfyByChain(tag, promotable);
        RemoveSubtree(node, ChangeKind.Invalid, default);
        Promote(promotable);
    }

    /// <summary>Removes what is to be dropped at a block.</summary>
    public void Expire(uint number)
    {
        while (_index.Expiring is { } node && node.Transaction.ValidTill <= number) RemoveSubtree(node, ChangeKind.Invalid, default);
    }

    /// <summary>Gives a transaction what validation says now, and the place that follows from it.</summary>
    public void Renew(PoolNode node, PoolTransaction renewed)
    {
        if (TryKeepBonds(node, renewed, out PoolNode?[]? providers))
        {
            bool isHead = Heads.Remove(node);
            _index.Renew(node, renewed);
            node.Providers = providers;
            if (isHead) Heads.Add(node);
            return;
        }

        List<PoolNode> subtree = Extract(node);
        node.Transaction = renewed;
        node.Providers = new PoolNode?[renewed.RequiredTags.Length];
        foreach (PoolNode each in subtree) Reinsert(each);
    }

    /// <summary>Takes out all transactions of an account and what builds on them, without a word: they come back as <see cref="Import"/> finds right.</summary>
    public List<PoolNode> ExtractAccount(in AccountId account)
    {
        List<PoolNode> extracted = [];
        foreach (PoolNode node in _index.Of(account).ToArray())
        {
            if (node.Place != NodePlace.Outside) extracted.AddRange(Extract(node));
        }

        return extracted;
    }

    /// <summary>Puts back a transaction that was extracted, as it was or with what validation says now.</summary>
    public void Restore(PoolNode node, PoolTransaction? renewed)
    {
        if (_index.TryGet(node.Transaction.Hash, out _)) return;
        if (renewed is not null) (node.Transaction, node.Providers) = (renewed, new PoolNode?[renewed.RequiredTags.Length]);
        Reinsert(node);
    }

    /// <summary>Notes that an extracted transaction does not come back.</summary>
    public void Abandon(PoolNode node) => _changes.Add(new Change(ChangeKind.Invalid, node));

    private PoolRefusal TryPlace(PoolNode node)
    {
        PoolRefusal refusal = IsComplete(node) ? TryAddReady(node) : TryAddFuture(node);
        if (node.Place == NodePlace.Ready) PromoteOnto(node);
        return refusal;
    }

    private void Reinsert(PoolNode node)
    {
        PoolRefusal refusal = TryPlace(node);
        if (refusal.Error != PoolError.None) NoteRefused(node, refusal);
        EnforceLimits();
    }

    private void NoteRefused(PoolNode node, PoolRefusal refusal)
    {
        ChangeKind kind = refusal.Error switch
        {
            PoolError.TooLowPriority => ChangeKind.Usurped,
            PoolError.CycleDetected => ChangeKind.Invalid,
            _ => ChangeKind.Dropped,
        };
        _changes.Add(new Change(kind, node, kind == ChangeKind.Usurped ? Rivals(node)[0].Transaction.Hash : default));
    }

    private bool IsComplete(PoolNode node)
    {
        for (int index = 0; index < node.Providers.Length; index++)
        {
            if (node.Providers[index] is null && !_provided.ContainsKey(node.Transaction.RequiredTags[index])) return false;
        }

        return true;
    }

    private PoolRefusal TryAddFuture(PoolNode node)
    {
        PoolLimits limits = _index.Future.Limits;
        if (limits.Count == 0) return new PoolRefusal(PoolError.RejectedFuture);
        if (_index.FutureOf(node.Transaction.Signer) >= limits.PerAccount) return new PoolRefusal(PoolError.ImmediatelyDropped);
        _index.Add(node, NodePlace.Future);
        _wanted.Add(node);
        _changes.Add(new Change(ChangeKind.Future, node));
        return default;
    }

    private PoolRefusal TryAddReady(PoolNode node)
    {
        List<PoolNode> rivals = Rivals(node);
        ulong old = 0;
        int ownRivals = 0;
        foreach (PoolNode rival in rivals)
        {
            old = old > ulong.MaxValue - rival.Transaction.Priority ? ulong.MaxValue : old + rival.Transaction.Priority;
            if (rival.Transaction.Signer == node.Transaction.Signer) ownRivals++;
        }

        if (rivals.Count > 0 && old >= node.Transaction.Priority) return new PoolRefusal(PoolError.TooLowPriority, OldPriority: old, NewPriority: node.Transaction.Priority);
        if (rivals.Count > 0 && BuildsOn(node, rivals)) return new PoolRefusal(PoolError.CycleDetected);
        if (_index.ReadyOf(node.Transaction.Signer) - ownRivals >= _index.Ready.Limits.PerAccount) return new PoolRefusal(PoolError.ImmediatelyDropped);

        List<PoolNode> heirs = [];
        foreach (PoolNode rival in rivals) heirs.AddRange(Usurp(rival, node));
        Attach(node);
        foreach (PoolNode heir in heirs) Bind(heir);
        _changes.Add(new Change(ChangeKind.Ready, node));
        return default;
    }

    /// <summary>The ready nodes that provide any of a node's tags.</summary>
    private List<PoolNode> Rivals(PoolNode node)
    {
        List<PoolNode> rivals = [];
        foreach (Tag tag in node.Transaction.ProvidedTags)
        {
            if (_provided.TryGetValue(tag, out PoolNode? rival) && !rivals.Contains(rival)) rivals.Add(rival);
        }

        return rivals;
    }

    /// <summary>Whether a node builds, directly or not, on any of those whose place it would take.</summary>
    private bool BuildsOn(PoolNode node, List<PoolNode> rivals)
    {
        List<PoolNode> foundations = [];
        for (int index = 0; index < node.Providers.Length; index++)
        {
            if (node.Providers[index] is null) foundations.Add(_provided[node.Transaction.RequiredTags[index]]);
        }

        // On whom the rival builds can't build on the rival. So it always is where a nonce is replaced, which must not cost a walk along the account's nonces.
        if (rivals.Count == 1 && foundations.TrueForAll(foundation => Array.IndexOf(rivals[0].Providers, foundation) >= 0)) return false;
        HashSet<PoolNode> builders = [.. rivals];
        Stack<PoolNode> pending = new(rivals);
        while (pending.TryPop(out PoolNode? builder))
        {
            foreach (PoolNode dependent in builder.Dependents.ToArray())
            {
                if (builders.Add(dependent)) pending.Push(dependent);
            }
        }

        return foundations.Exists(builders.Contains);
    }

    /// <summary>Removes a node whose place another takes, with those that need what only it provides; the others are the new one's.</summary>
    private List<PoolNode> Usurp(PoolNode rival, PoolNode usurper)
    {
        List<PoolNode> heirs = [];
        foreach (PoolNode dependent in rival.Dependents.ToArray())
        {
            if (dependent.Place != NodePlace.Ready) continue;
            bool isHeir = true;
            for (int index = 0; index < dependent.Providers.Length; index++)
            {
                isHeir &= dependent.Providers[index] != rival || usurper.Provides(dependent.Transaction.RequiredTags[index]);
            }

            if (isHeir) heirs.Add(dependent);
            else RemoveSubtree(dependent, ChangeKind.Usurped, usurper.Transaction.Hash);
        }

        heirs.RemoveAll(static heir => heir.Place != NodePlace.Ready);
        foreach (PoolNode heir in heirs) Loosen(heir, rival);
        RemoveSubtree(rival, ChangeKind.Usurped, usurper.Transaction.Hash);
        return heirs;
    }

    private static void Loosen(PoolNode node, PoolNode provider)
    {
        for (int index = 0; index < node.Providers.Length; index++)
        {
            if (node.Providers[index] != provider) continue;
            node.Providers[index] = null;
            node.Bonds--;
        }

        provider.Dependents.Remove(node);
    }

    /// <summary>Ties a ready node to those that provide what it is not tied for yet.</summary>
    private void Bind(PoolNode node)
    {
        if (node.Place != NodePlace.Ready) return;
        for (int index = 0; index < node.Providers.Length; index++)
        {
            if (node.Providers[index] is not null) continue;
            PoolNode provider = _provided[node.Transaction.RequiredTags[index]];
            node.Providers[index] = provider;
            node.Bonds++;
            provider.Dependents.Add(node);
        }
    }

    private void Attach(PoolNode node)
    {
        _index.Add(node, NodePlace.Ready);
        Bind(node);
        foreach (Tag tag in node.Transaction.ProvidedTags) _provided.Add(tag, node);
        if (node.Bonds == 0) Heads.Add(node);
    }

    private void Detach(PoolNode node)
    {
        if (node.Place == NodePlace.Future)
        {
            _wanted.Remove(node);
            _index.Remove(node);
            return;
        }

        Heads.Remove(node);
        for (int index = 0; index < node.Providers.Length; index++)
        {
            PoolNode? provider = node.Providers[index];
            if (provider is null || provider == PoolNode.Chain) continue;
            provider.Dependents.Remove(node);
            node.Providers[index] = null;
        }

        node.Bonds = 0;
        foreach (Tag tag in node.Transaction.ProvidedTags) _provided.Remove(tag);
        _index.Remove(node);
    }

    private List<PoolNode> RemoveSubtree(PoolNode root, ChangeKind kind, Hash256 by)
    {
        List<PoolNode> removed = Extract(root);
        foreach (PoolNode node in removed) _changes.Add(new Change(kind, node, by));
        return removed;
    }

    /// <summary>Takes out a node and all that build on it, those first that others build on.</summary>
    private List<PoolNode> Extract(PoolNode root)
    {
        List<PoolNode> extracted = [];
        Queue<PoolNode> pending = new([root]);
        while (pending.TryDequeue(out PoolNode? node))
        {
            if (node.Place == NodePlace.Outside) continue;
            foreach (PoolNode dependent in node.Dependents.ToArray()) pending.Enqueue(dependent);
            Detach(node);
            extracted.Add(node);
        }

        return extracted;
    }

    private void SatisfyByChain(Tag tag, List<PoolNode> promotable)
    {
        if (_provided.TryGetValue(tag, out PoolNode? provider))
        {
            foreach (PoolNode dependent in provider.Dependents.ToArray()) TieToChain(dependent, tag, provider);
        }

        foreach (PoolNode waiting in _wanted.WaitingFor(tag))
        {
            waiting.Providers[Array.IndexOf(waiting.Transaction.RequiredTags, tag)] = PoolNode.Chain;
            _wanted.Remove(tag, waiting);
            promotable.Add(waiting);
        }
    }

    private void TieToChain(PoolNode dependent, Tag tag, PoolNode provider)
    {
        int index = Array.IndexOf(dependent.Transaction.RequiredTags, tag);
        if (index < 0) return;
        dependent.Providers[index] = PoolNode.Chain;
        if (Array.IndexOf(dependent.Providers, provider) < 0) provider.Dependents.Remove(dependent);
        if (--dependent.Bonds == 0) Heads.Add(dependent);
    }

    private void Promote(List<PoolNode> candidates)
    {
        foreach (PoolNode candidate in candidates)
        {
            if (TryPromote(candidate)) PromoteOnto(candidate);
        }

        EnforceLimits();
    }

    /// <summary>Makes ready all that waited for a ready node, and for those, and so on.</summary>
    private void PromoteOnto(PoolNode first)
    {
        Queue<PoolNode> providers = new([first]);
        while (providers.TryDequeue(out PoolNode? provider))
        {
            if (provider.Place != NodePlace.Ready) continue;
            foreach (Tag tag in provider.Transaction.ProvidedTags)
            {
                foreach (PoolNode waiting in _wanted.WaitingFor(tag))
                {
                    if (TryPromote(waiting)) providers.Enqueue(waiting);
                }
            }
        }
    }

    private bool TryPromote(PoolNode node)
    {
        if (node.Place != NodePlace.Future || !IsComplete(node)) return false;
        Detach(node);
        PoolRefusal refusal = TryAddReady(node);
        if (refusal.Error == PoolError.None) return true;
        NoteRefused(node, refusal);
        return false;
    }

    private void EnforceLimits()
    {
        while (_index.Ready.IsExceeded) RemoveSubtree(_index.Ready.Worst, ChangeKind.Dropped, default);
        while (_index.Future.IsExceeded) RemoveSubtree(_index.Future.Worst, ChangeKind.Dropped, default);
    }

    /// <summary>Whether a node stays where it is: it provides the same, and requires of the pool what it is tied for.</summary>
    private static bool TryKeepBonds(PoolNode node, PoolTransaction renewed, [NotNullWhen(true)] out PoolNode?[]? providers)
    {
        providers = null;
        PoolTransaction current = node.Transaction;
        if (!current.ProvidedTags.AsSpan().SequenceEqual(renewed.ProvidedTags)) return false;
        if (node.Providers.Count(static provider => provider != PoolNode.Chain) != renewed.RequiredTags.Length) return false;
        PoolNode?[] kept = new PoolNode?[renewed.RequiredTags.Length];
        for (int index = 0; index < kept.Length; index++)
        {
            int place = Array.IndexOf(current.RequiredTags, renewed.RequiredTags[index]);
            if (place < 0 || node.Providers[place] == PoolNode.Chain) return false;
            kept[index] = node.Providers[place];
        }

        providers = kept;
        return true;
    }
}
