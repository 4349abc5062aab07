namespace Phala.Client.Transactions;

/// <summary>What becomes of a transaction that is watched.</summary>
public enum TransactionStatusKind
{
    /// <summary>It waits for others of its signer.</summary>
    Future,

    /// <summary>It could be in the next blocks.</summary>
    Ready,

    /// <summary>It was sent to other nodes.</summary>
    Broadcast,

    /// <summary>It is in <see cref="TransactionStatus.Hash"/>, a block of the best chain.</summary>
    InBlock,

    /// <summary>The block <see cref="TransactionStatus.Hash"/> is not on the best chain any more.</summary>
    Retracted,

    /// <summary>The block <see cref="TransactionStatus.Hash"/> is final. The last status.</summary>
    Finalized,

    /// <summary>The block <see cref="TransactionStatus.Hash"/> did not become final for a long time. The last status.</summary>
    FinalityTimeout,

    /// <summary>The transaction <see cref="TransactionStatus.Hash"/> took its place. The last status.</summary>
    Usurped,

    /// <summary>The pool had no room for it. The last status.</summary>
    Dropped,

    /// <summary>It is not valid any more. The last status.</summary>
    Invalid,
}
