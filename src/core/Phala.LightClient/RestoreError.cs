namespace Phala.LightClient;

/// <summary>Why bytes are no state of a light client.</summary>
public enum RestoreError : byte
{
    /// <summary>They are.</summary>
    None = 0,

    /// <summary>They do not begin with a version that is known.</summary>
    UnknownVersion,

    /// <summary>They are no state, or more than one.</summary>
    BadEncoding,

    /// <summary>The state is of another chain.</summary>
    OtherGenesis,

    /// <summary>A slot takes no time.</summary>
    ZeroSlotDuration,

    /// <summary>The authorities make no set of voters.</summary>
    InvalidSet,

    /// <summary>The head is to be the genesis, and is not, or has what a genesis has not.</summary>
    BadGenesis,

    /// <summary>The head is not final, or what follows from it is unclear.</summary>
    NotFinal,

    /// <summary>The head's slot is unclear, or beyond all time.</summary>
    BadSlot,

    /// <summary>The queue's head is not the one that the head shows, or impossible.</summary>
    BadQueue,

    /// <summary>The client is to have stopped, and the evidence is none.</summary>
    BadEvidence,
}
