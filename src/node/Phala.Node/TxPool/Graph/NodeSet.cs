namespace Phala.Node.TxPool.Graph;

/// <summary>A set of nodes that mostly has none or one.</summary>
internal struct NodeSet
{
    private PoolNode? _only;
    private HashSet<PoolNode>? _many;

    public readonly int Count => _many?.Count ?? (_only is null ? 0 : 1);

    public void Add(PoolNode node)
    {
        if (_many is not null) _many.Add(node);
        else if (_only is null || _only == node) _only = node;
        else (_many, _only) = ([_only, node], null);
    }

    public void Remove(PoolNode node)
    {
        _many?.Remove(node);
        if (_only == node) _only = null;
    }

    /// <summary>The nodes, oldest first; a copy, so that the set may change meanwhile.</summary>
    public readonly PoolNode[] ToArray() => _many is not null ? [.. _many.OrderBy(static node => node.Sequence)] : _only is null ? [] : [_only];
}
