namespace Phala.Tests.Worker;

/// <summary>How a worker is brought a chain.</summary>
internal enum Cutting
{
    /// <summary>Every block when it is made, one entry at a time.</summary>
    EveryBlock,

    /// <summary>Now and then, in batches of any size.</summary>
    AtRandom,

    /// <summary>All at the end.</summary>
    OneJump,

    /// <summary>Now and then, and it is killed after each time.</summary>
    RestartAtEachCut,

    /// <summary>Now and then, header by header with proofs of each block's messages.</summary>
    StorageProofs,
}
