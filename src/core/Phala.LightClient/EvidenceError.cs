namespace Phala.LightClient;

/// <summary>Why evidence shows nothing.</summary>
public enum EvidenceError : byte
{
    /// <summary>It shows that authorities finalized blocks that contradict each other.</summary>
    None = 0,

    /// <summary>The bytes are no evidence, or more than one.</summary>
    BadEncoding,

    /// <summary>It is about another chain.</summary>
    OtherGenesis,

    /// <summary>The authorities of a block make no set of voters.</summary>
    InvalidSet,

    /// <summary>The lower block's set is not the one that is trusted.</summary>
    UntrustedSet,

    /// <summary>The lower block is the genesis, or above the higher one.</summary>
    BadOrder,

    /// <summary>The lower block is not final.</summary>
    LowerNotFinal,

    /// <summary>The changes do not lead from the lower block's set to the higher one's.</summary>
    BadWay,

    /// <summary>The higher block is not final.</summary>
    HigherNotFinal,

    /// <summary>Nothing in it contradicts.</summary>
    NoContradiction,
}
