namespace Phala.Node.Consensus;

/// <summary>What became of a justification.</summary>
public enum JustificationStatus
{
    /// <summary>Its block is final.</summary>
    Finalized,

    /// <summary>Its block was final before.</summary>
    AlreadyFinalized,

    /// <summary>The chain does not have its block, or has finalized another branch.</summary>
    UnknownBlock,

    /// <summary>The state before its block is not there.</summary>
    NoState,

    /// <summary>The state before its block has no authorities.</summary>
    NoAuthorities,

    /// <summary>A block before it changes the authorities and needs a justification of its own first.</summary>
    MissingSetChange,

    /// <summary>It does not prove that its block is final.</summary>
    BadJustification,

    /// <summary>It could not be written.</summary>
    StorageFailed,
}
