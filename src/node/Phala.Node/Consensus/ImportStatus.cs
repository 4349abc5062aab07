namespace Phala.Node.Consensus;

/// <summary>What became of a block.</summary>
public enum ImportStatus
{
    /// <summary>It is in the chain.</summary>
    Imported,

    /// <summary>It was there already.</summary>
    AlreadyKnown,

    /// <summary>Its parent is not there.</summary>
    UnknownParent,

    /// <summary>It is not above the finalized block.</summary>
    BehindFinalized,

    /// <summary>The state of its parent is not kept any more.</summary>
    ParentStatePruned,

    /// <summary>The author was not entitled to it.</summary>
    BadSeal,

    /// <summary>It does not follow from its parent's state.</summary>
    BadBlock,

    /// <summary>It could not be written.</summary>
    StorageFailed,
}
