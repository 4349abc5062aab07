namespace Phala.Node.TxPool;

/// <summary>What a watcher hears of a transaction, with Substrate's names.</summary>
public enum TransactionStatusKind : byte
{
    /// <summary>It waits for others.</summary>
    Future = 0,

    /// <summary>It could be in the next blocks.</summary>
    Ready,

    /// <summary>It was sent to peers.</summary>
    Broadcast,

    /// <summary>It is in the block <see cref="TransactionStatus.Hash"/>, at <see cref="TransactionStatus.Index"/>.</summary>
    InBlock,

    /// <summary>The block <see cref="TransactionStatus.Hash"/> that it was in is not on the best chain any more.</summary>
    Retracted,

    /// <summary>The block <see cref="TransactionStatus.Hash"/> did not become final for a long time. The last status.</summary>
    FinalityTimeout,

    /// <summary>The block <see cref="TransactionStatus.Hash"/> is final. The last status.</summary>
    Finalized,

    /// <summary>The transaction <see cref="TransactionStatus.Hash"/> took its place. The last status.</summary>
    Usurped,

    /// <summary>The pool had no room for it. The last status.</summary>
    Dropped,

    /// <summary>It is not valid any more. The last status.</summary>
    Invalid,
}
