namespace Phala.LightClient.Delivery;

/// <summary>Why what is delivered is not what the queue holds.</summary>
public enum EntryError : byte
{
    /// <summary>It is.</summary>
    None = 0,

    /// <summary>The cursor is not before the queue's head: there is nothing to deliver.</summary>
    NothingToDeliver,

    /// <summary>There are more entries than one delivery may have.</summary>
    TooManyEntries,

    /// <summary>There are as many hashes as lead to no position that is known: not to the head, and not to a waypoint.</summary>
    WrongCount,

    /// <summary>The hashes do not lead to the position that is known at their end.</summary>
    WrongHashes,

    /// <summary>All entries have been delivered.</summary>
    Finished,

    /// <summary>An entry is longer than any.</summary>
    EntryTooLarge,

    /// <summary>An entry is not the next one.</summary>
    WrongEntry,

    /// <summary>What is the next entry by its hash is no entry. The chain has broken its rules, and the delivery ends here.</summary>
    BadEntry,

    /// <summary>An entry's channels are out of order, or its block is not after the one before, or is not final. The chain has broken its rules, and the delivery ends here.</summary>
    BadOrder,

    /// <summary>A body is longer than any.</summary>
    BodyTooLarge,

    /// <summary>There is no body for a channel that is wanted and that the entry has.</summary>
    MissingBody,

    /// <summary>There is a body for a channel that is not wanted, or that the entry has not, or one out of order.</summary>
    UnwantedBody,

    /// <summary>A body is not the one that the entry has the hash of.</summary>
    WrongBody,

    /// <summary>What is the body by its hash is none. The chain has broken its rules, and the delivery ends here.</summary>
    BadBody,
}
