namespace Phala.Node.Storage;

/// <summary>What became of a block that was to be kept.</summary>
public enum ImportOutcome
{
    /// <summary>It is kept, durably, with all that belongs to it.</summary>
    Imported = 0,

    /// <summary>It was kept before.</summary>
    AlreadyKnown,

    /// <summary>Its parent is not kept.</summary>
    UnknownParent,

    /// <summary>Its parent is finalized and is not the finalized head: it is on a fork that has lost.</summary>
    BehindFinalized,

    /// <summary>Its number does not follow on its parent's.</summary>
    WrongNumber,

    /// <summary>The changes do not give the state root that its header names.</summary>
    WrongStateRoot,

    /// <summary>It could not be written; nothing of it is there.</summary>
    Failed,
}
