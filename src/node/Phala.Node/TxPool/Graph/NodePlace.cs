namespace Phala.Node.TxPool.Graph;

/// <summary>Where a transaction is in the graph.</summary>
internal enum NodePlace
{
    /// <summary>Not in it: not yet, or not any more.</summary>
    Outside = 0,

    /// <summary>It could be in the next block, after those that it builds on.</summary>
    Ready,

    /// <summary>It waits for tags that nobody provides.</summary>
    Future,
}
