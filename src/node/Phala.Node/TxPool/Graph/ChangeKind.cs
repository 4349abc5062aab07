namespace Phala.Node.TxPool.Graph;

/// <summary>What happened to a transaction in the graph.</summary>
internal enum ChangeKind
{
    /// <summary>It waits for tags.</summary>
    Future = 0,

    /// <summary>It is ready.</summary>
    Ready,

    /// <summary>It was in a block.</summary>
    Included,

    /// <summary>Another one that provides the same has taken its place, in the pool or in a block.</summary>
    Usurped,

    /// <summary>The pool had no room for it.</summary>
    Dropped,

    /// <summary>It is not valid any more, or one that it built on is not.</summary>
    Invalid,
}
