namespace Phala.Node.TxPool;

/// <summary>Why the pool does not take a transaction. <see cref="PoolRefusal.Code"/> gives Substrate's codes.</summary>
public enum PoolError
{
    /// <summary>It takes it.</summary>
    None = 0,

    /// <summary>1001: the bytes are no transaction.</summary>
    BadFormat,

    /// <summary>1010: it is not valid, for <see cref="PoolRefusal.Validity"/>.</summary>
    Invalid,

    /// <summary>1011: whether it is valid can't be known, for <see cref="PoolRefusal.Validity"/>.</summary>
    Unknown,

    /// <summary>1012: it was invalid a short while ago and is not looked at again.</summary>
    TemporarilyBanned,

    /// <summary>1013: it is in the pool.</summary>
    AlreadyImported,

    /// <summary>1014: others that provide the same have at least its priority.</summary>
    TooLowPriority,

    /// <summary>1015: it would take the place of one on which it builds.</summary>
    CycleDetected,

    /// <summary>1016: the pool, or the account's share of it, is full of better ones.</summary>
    ImmediatelyDropped,

    /// <summary>1018: it is not for peers, and this node makes no blocks.</summary>
    Unactionable,

    /// <summary>1019: it provides nothing by which the pool could know it.</summary>
    NoTagsProvided,

    /// <summary>1020: the best block's rules are unknown to this program, so nothing can be validated.</summary>
    InvalidBlock,

    /// <summary>1021: it waits for others, and this pool keeps none that do.</summary>
    RejectedFuture,
}
