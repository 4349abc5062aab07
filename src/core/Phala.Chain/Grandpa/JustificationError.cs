namespace Phala.Chain.Grandpa;

/// <summary>Why a justification does not finalize a block.</summary>
public enum JustificationError : byte
{
    /// <summary>It does.</summary>
    None = 0,

    /// <summary>The bytes are no justification, or more than one.</summary>
    BadEncoding,

    /// <summary>It is for another block than the one that is to be finalized.</summary>
    WrongTarget,

    /// <summary>No vote is by a voter of the set.</summary>
    NoKnownVoter,

    /// <summary>A vote's target is neither the lowest target nor led to it by the headers.</summary>
    UnconnectedVote,

    /// <summary>The voters have too little weight together.</summary>
    NotEnoughWeight,

    /// <summary>The highest block that the votes finalize is another than the one they are said to finalize.</summary>
    WrongGhost,

    /// <summary>A header leads from no target to the lowest one.</summary>
    UnusedHeader,

    /// <summary>A signature is not its voter's, over this vote in this round of this set.</summary>
    BadSignature,
}
