namespace Phala.Node.TxPool.Graph;

/// <summary>One of the two sets of nodes, ready or future, held to its limits.</summary>
internal sealed class NodeShare(PoolLimits limits)
{
    private readonly SortedSet<PoolNode> _worst = new(NodeOrder.WorstFirst);

    public PoolLimits Limits { get; } = limits;

    public int Count => _worst.Count;

    public long Bytes { get; private set; }

    public bool IsExceeded => Count > Limits.Count || Bytes > Limits.Bytes;

    /// <summary>The one to give up first.</summary>
    public PoolNode Worst => _worst.Min!;

    public void Add(PoolNode node)
    {
        _worst.Add(node);
        Bytes += node.Transaction.Length;
    }

    public void Remove(PoolNode node)
    {
        _worst.Remove(node);
        Bytes -= node.Transaction.Length;
    }
}
