namespace Phala.Node.Consensus;

/// <summary>What came of making a block final.</summary>
public enum FinalizerStatus
{
    /// <summary>It is final.</summary>
    Finalized,

    /// <summary>The state before it is not there.</summary>
    NoState,

    /// <summary>The state has no authorities, or too many to count.</summary>
    NoAuthorities,

    /// <summary>This node's keys are not more than two thirds.</summary>
    NotEnoughKeys,

    /// <summary>It could not be written.</summary>
    StorageFailed,
}
