namespace Phala.Runtime.Execution;

/// <summary>Why a block does not follow from its parent's state.</summary>
public enum BlockError
{
    /// <summary>It does.</summary>
    None,

    /// <summary>The header's parent is another block.</summary>
    WrongParent,

    /// <summary>The header's number is not the parent's plus one.</summary>
    WrongNumber,

    /// <summary>The digest does not begin with exactly one slot.</summary>
    BadPreRuntime,

    /// <summary>The slot is not after the parent's.</summary>
    SlotNotAfterParent,

    /// <summary>The state follows rules that this program does not know.</summary>
    UnknownVersion,

    /// <summary>The body is not the one that the header commits to.</summary>
    WrongExtrinsicsRoot,

    /// <summary>An extrinsic's bytes are none.</summary>
    MalformedExtrinsic,

    /// <summary>The author's own calls do not come first.</summary>
    InherentsNotFirst,

    /// <summary>An extrinsic can't be in the block.</summary>
    InvalidExtrinsic,

    /// <summary>The block does not tell its time.</summary>
    MissingTimestamp,

    /// <summary>Execution gives another digest than the header's.</summary>
    WrongDigest,

    /// <summary>Execution gives another state than the one that the header commits to.</summary>
    WrongStateRoot,
}
