namespace Phala.Node.Storage;

/// <summary>What became of a request to finalize.</summary>
public enum FinalizeOutcome
{
    /// <summary>The block is the finalized head, durably.</summary>
    Finalized = 0,

    /// <summary>It was finalized before; a justification given for it is kept.</summary>
    AlreadyFinalized,

    /// <summary>It is not above the finalized head: unknown, or on a fork that has lost.</summary>
    NotAboveFinalized,

    /// <summary>It could not be written; all is as before.</summary>
    Failed,
}
