using Phala.Chain;
using Phala.Node.TxPool;
using Phala.Node.TxPool.Graph;
using Phala.Runtime.Interface.Transactions;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Node.TxPool;

/// <summary>Random steps on the graph and on the naive pool, compared after each.</summary>
internal sealed class GraphRun(Random random, PoolLimits ready, PoolLimits future)
{
    private const int Tags = 10, Accounts = 4;

    private readonly TransactionGraph _graph = new(ready, future);
    private readonly NaivePool _naive = new(ready, future);
    private readonly List<(PoolTransaction Transaction, int[] Requires, int[] Provides)> _made = [];
    private readonly List<Change> _changes = [];
    private uint _number;

    public Dictionary<string, int> Met => _naive.Met;

    public void Step()
    {
        switch (random.Next(20))
        {
            case < 12:
                Import();
                break;
            case < 14:
                Include();
                break;
            case 14:
                Remove();
                break;
            case 15:
                _graph.Expire(++_number);
                _naive.Expire(_number);
                break;
            case 16 or 17:
                Renew();
                break;
            case 18:
                Author();
                break;
            default:
                ExtractAndRestore();
                break;
        }

        Compare();
    }

    private void Import()
    {
        bool isOld = _made.Count > 0 && random.Next(8) == 0;
        (PoolTransaction Transaction, int[] Requires, int[] Provides) made = isOld ? _made[random.Next(_made.Count)] : Make();
        if (!isOld) _made.Add(made);
        if (made.Transaction.ValidTill <= _number) return;
        Assert.Equal(_naive.Import(made.Transaction, made.Requires, made.Provides), _graph.Import(made.Transaction).Error);
    }

    private (PoolTransaction Transaction, int[] Requires, int[] Provides) Make()
    {
        int[] requires = Some(random.Next(3) == 0 ? 2 : 1), provides = random.Next(30) == 0 ? [] : [random.Next(Tags), .. Some(1)];
        provides = [.. provides.Distinct()];
        ulong longevity = random.Next(3) == 0 ? (ulong)random.Next(1, 6) : ulong.MaxValue;
        return (TagSample.Transaction(_made.Count, random.Next(Accounts), (ulong)random.Next(8), requires, provides, longevity, random.Next(4, 40), _number), requires, provides);
    }

    private int[] Some(int most) => [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => random.Next(Tags)).Distinct()];

    private void Include()
    {
        List<(Hash256 Hash, int[] Tags)> block = [];
        List<NaiveEntry> known = [.. _naive.Ready, .. _naive.Future];
        for (int count = random.Next(3); count >= 0; count--)
        {
            if (known.Count > 0 && random.Next(3) > 0)
            {
                NaiveEntry entry = known[random.Next(known.Count)];
                block.Add((entry.Hash, entry.Provides));
            }
            else
            {
                block.Add((TagSample.Transaction(-random.Next(1, 1000), 0, 0, [], []).Hash, [random.Next(Tags)]));
            }
        }

        block = [.. block.DistinctBy(each => each.Hash)];
        _graph.Include(default, [.. block.Select((each, index) => new IncludedTransaction(each.Hash, (uint)index, default, [.. each.Tags.Select(TagSample.Tag)]))]);
        _naive.Include(block);
    }

    private void Remove()
    {
        if (Pick() is not { } entry || !_graph.Index.TryGet(entry.Hash, out PoolNode? node)) return;
        if (random.Next(2) == 0)
        {
            _graph.Remove(node, ChangeKind.Invalid);
            _naive.RemoveWithDependents(entry);
        }
        else
        {
            _graph.RemoveOutdated(node);
            _naive.RemoveOutdated(entry);
        }
    }

    private void Renew()
    {
        if (Pick() is not { } entry || !_graph.Index.TryGet(entry.Hash, out PoolNode? node)) return;
        int[] open = [.. entry.Requires.Where(tag => !entry.ByChain.Contains(tag))];
        int[] requires = random.Next(3) switch { 0 => open, 1 => [.. open.Reverse()], _ => Some(2) };
        ValidTransaction validity = TagSample.Transaction(0, 0, (ulong)random.Next(8), requires, entry.Provides, (ulong)random.Next(2, 9)).Validity;
        PoolTransaction renewed = new(entry.Hash, entry.Transaction.Extrinsic, entry.Transaction.Signer, validity, _number);
        _graph.Renew(node, renewed);
        _naive.Renew(entry, renewed, requires);
    }

    /// <summary>Taking an account out and putting it back as it was: the naive pool renews each of them to what it requires.</summary>
    private void ExtractAndRestore()
    {
        if (_naive.Ready.Count + _naive.Future.Count >= Math.Min(ready.Count, future.Count) || Pick() is not { } entry) return;
        AccountId account = entry.Transaction.Signer;
        Hash256[] before = [.. _naive.Ready.Select(each => each.Hash)];
        foreach (PoolNode node in _graph.ExtractAccount(account).OrderBy(node => node.Sequence))
        {
            Assert.Equal(NodePlace.Outside, node.Place);
            _graph.Restore(node, null);
        }

        // What waited beside a ready one with the same tags may have come first; then the runs part.
        HashSet<Hash256> after = [.. Hashes(NodePlace.Ready)];
        if (!after.SetEquals(before) || _graph.Index.Future.Count != _naive.Future.Count) Reset();
        else Met["account restored"] = Met.GetValueOrDefault("account restored") + 1;
    }

    private void Reset()
    {
        while (_naive.Ready.Concat(_naive.Future).FirstOrDefault() is { } entry) _naive.RemoveWithDependents(entry);
        while (_graph.Index.Oldest is { } node) _graph.Remove(node, ChangeKind.Invalid);
    }

    private void Author()
    {
        HashSet<Hash256> refused = [.. _naive.Ready.Where(_ => random.Next(4) == 0).Select(entry => entry.Hash)];
        PoolState pool = new(new PoolOptions(), TimeProvider.System, null!, _graph);
        ReadyIterator ready = new(pool, null);
        List<Hash256> order = [];
        while (ready.TryNext(out PoolTransaction? transaction))
        {
            order.Add(transaction.Hash);
            if (!refused.Contains(transaction.Hash)) continue;
            ready.Refuse(InvalidTransaction.ExhaustsResources);
            Met["refused by the author"] = Met.GetValueOrDefault("refused by the author") + 1;
        }

        Assert.Equal(_naive.Order(refused.Contains), order);
    }

    private NaiveEntry? Pick()
    {
        NaiveEntry[] all = [.. _naive.Ready, .. _naive.Future];
        return all.Length == 0 ? null : all[random.Next(all.Length)];
    }

    private IEnumerable<Hash256> Hashes(NodePlace place) => _graph.Index.All.Where(node => node.Place == place).OrderBy(node => node.Sequence).Select(node => node.Transaction.Hash);

    private void Compare()
    {
        Assert.Equal(_naive.Ready.OrderBy(entry => entry.Sequence).Select(entry => entry.Hash), Hashes(NodePlace.Ready));
        Assert.Equal(_naive.Future.OrderBy(entry => entry.Sequence).Select(entry => entry.Hash), Hashes(NodePlace.Future));
        Assert.Equal(_naive.Ready.Sum(entry => entry.Transaction.Length), _graph.Index.Ready.Bytes);
        Assert.Equal(_naive.Future.Sum(entry => entry.Transaction.Length), _graph.Index.Future.Bytes);
        Assert.InRange(_graph.Index.Ready.Count, 0, ready.Count);
        Assert.InRange(_graph.Index.Future.Count, 0, future.Count);
        for (int tag = 0; tag < Tags; tag++) Assert.Equal(_naive.Ready.Any(entry => entry.Provides.Contains(tag)), _graph.IsProvided(TagSample.Tag(tag)));
        AssertChangesTellThePlaces();
    }

    /// <summary>The last thing told of each transaction is where it is.</summary>
    private void AssertChangesTellThePlaces()
    {
        _graph.TakeChanges(_changes);
        foreach (Change change in _changes.GroupBy(change => change.Node).Select(group => group.Last()))
        {
            bool isInside = change.Kind is ChangeKind.Future or ChangeKind.Ready;
            Assert.Equal(isInside, change.Node.Place != NodePlace.Outside);
            if (isInside) Assert.Equal(change.Kind == ChangeKind.Ready ? NodePlace.Ready : NodePlace.Future, change.Node.Place);
        }

        _changes.Clear();
    }
}
