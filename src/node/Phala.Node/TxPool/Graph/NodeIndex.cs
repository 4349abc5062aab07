using System.Diagnostics.CodeAnalysis;
using Phala.Chain;
using Phala.Trie;

namespace Phala.Node.TxPool.Graph;

/// <summary>All nodes of the graph: by hash, by account, by what a full pool gives up, by when they expire, and by when they were validated. Every step costs O(log n).</summary>
internal sealed class NodeIndex(PoolLimits ready, PoolLimits future)
{
    private readonly Dictionary<Hash256, PoolNode> _byHash = [];
    private readonly Dictionary<AccountId, AccountNodes> _byAccount = [];
    private readonly SortedSet<PoolNode> _expiring = new(NodeOrder.ExpiringFirst);
    private readonly LinkedList<PoolNode> _rotation = [];

    public NodeShare Ready { get; } = new(ready);

    public NodeShare Future { get; } = new(future);

    public IEnumerable<PoolNode> All => _byHash.Values;

    /// <summary>The node that was validated longest ago.</summary>
    public PoolNode? Oldest => _rotation.First?.Value;

    /// <summary>The node that expires first, if any ever does.</summary>
    public PoolNode? Expiring => _expiring.Min;

    public bool TryGet(in Hash256 hash, [NotNullWhen(true)] out PoolNode? node) => _byHash.TryGetValue(hash, out node);

    public int ReadyOf(in AccountId account) => _byAccount.TryGetValue(account, out AccountNodes? nodes) ? nodes.Ready : 0;

    public int FutureOf(in AccountId account) => _byAccount.TryGetValue(account, out AccountNodes? nodes) ? nodes.Future : 0;

    public IEnumerable<PoolNode> Of(in AccountId account) => _byAccount.TryGetValue(account, out AccountNodes? nodes) ? nodes.Nodes : [];

    public void Add(PoolNode node, NodePlace place)
    {
        node.Place = place;
        _byHash.Add(node.Transaction.Hash, node);
        if (!_byAccount.TryGetValue(node.Transaction.Signer, out AccountNodes? account)) _byAccount.Add(node.Transaction.Signer, account = new AccountNodes());
        account.Nodes.AddLast(node.OfAccount);
        if (place == NodePlace.Ready) account.Ready++;
        else account.Future++;
        _rotation.AddLast(node.InRotation);
        AddOrdered(node);
    }

    public void Remove(PoolNode node)
    {
        RemoveOrdered(node);
        _byHash.Remove(node.Transaction.Hash);
        AccountNodes account = _byAccount[node.Transaction.Signer];
        account.Nodes.Remove(node.OfAccount);
        if (node.Place == NodePlace.Ready) account.Ready--;
        else account.Future--;
        if (account.Nodes.Count == 0) _byAccount.Remove(node.Transaction.Signer);
        _rotation.Remove(node.InRotation);
        node.Place = NodePlace.Outside;
    }

    /// <summary>Gives a node what its last validation said.</summary>
    public void Renew(PoolNode node, PoolTransaction renewed)
    {
        RemoveOrdered(node);
        node.Transaction = renewed;
        AddOrdered(node);
        MoveToEnd(node);
    }

    /// <summary>Notes that a node was validated just now.</summary>
    public void MoveToEnd(PoolNode node)
    {
        _rotation.Remove(node.InRotation);
        _rotation.AddLast(node.InRotation);
    }

    private void AddOrdered(PoolNode node)
    {
        (node.Place == NodePlace.Ready ? Ready : Future).Add(node);
        if (node.Transaction.ValidTill != ulong.MaxValue) _expiring.Add(node);
    }

    private void RemoveOrdered(PoolNode node)
    {
        (node.Place == NodePlace.Ready ? Ready : Future).Remove(node);
        if (node.Transaction.ValidTill != ulong.MaxValue) _expiring.Remove(node);
    }
}
