namespace Phala.Node.TxPool.Graph;

/// <summary>Orders of nodes. Sequences differ, so no two nodes are equal.</summary>
internal static class NodeOrder
{
    /// <summary>First what an author takes first: higher priority, shorter validity, earlier arrival.</summary>
    public static readonly Comparer<PoolNode> BestFirst = Comparer<PoolNode>.Create(static (left, right) =>
    {
        int order = right.Transaction.Priority.CompareTo(left.Transaction.Priority);
        if (order == 0) order = left.Transaction.ValidTill.CompareTo(right.Transaction.ValidTill);
        return order != 0 ? order : left.Sequence.CompareTo(right.Sequence);
    });

    /// <summary>
    /// First what a full pool gives up first: lower priority, later arrival. Substrate gives up the earlier of two equal ones; then a flood of transactions without tip
    /// would wash out what waits, beginning with the ones that all others of an account build on.
    /// </summary>
    public static readonly Comparer<PoolNode> WorstFirst = Comparer<PoolNode>.Create(static (left, right) =>
    {
        int order = left.Transaction.Priority.CompareTo(right.Transaction.Priority);
        return order != 0 ? order : right.Sequence.CompareTo(left.Sequence);
    });

    /// <summary>First what expires first.</summary>
    public static readonly Comparer<PoolNode> ExpiringFirst = Comparer<PoolNode>.Create(static (left, right) =>
    {
        int order = left.Transaction.ValidTill.CompareTo(right.Transaction.ValidTill);
        return order != 0 ? order : left.Sequence.CompareTo(right.Sequence);
    });
}
