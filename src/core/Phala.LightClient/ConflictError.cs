namespace Phala.LightClient;

/// <summary>Why a block that somebody reports is no reason to stop.</summary>
public enum ConflictError : byte
{
    /// <summary>It is one: the client has stopped.</summary>
    None = 0,

    /// <summary>The client had stopped before.</summary>
    Stopped,

    /// <summary>The block is above the head: an advance to it shows whether it conflicts.</summary>
    NotBelow,

    /// <summary>The set is not the one that made the head final.</summary>
    UnknownSet,

    /// <summary>The set did not make the block final.</summary>
    NotJustified,

    /// <summary>The head's state keeps no hash of the block's number any more.</summary>
    TooOld,

    /// <summary>What is to be a read proof is none under the head's state root.</summary>
    BadReadProof,

    /// <summary>The proof does not reveal the hash that the head's chain has for the block's number.</summary>
    MissingHashProof,

    /// <summary>The block is one of the head's chain.</summary>
    NoConflict,
}
