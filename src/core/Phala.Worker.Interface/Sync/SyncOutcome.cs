using Phala.Codec;

namespace Phala.Worker.Interface.Sync;

/// <summary>What became of a request of the sync protocol. Whatever it is, the worker stands where the reply's status says.</summary>
[Scale]
public enum SyncOutcome : byte
{
    /// <summary>It was taken, or had been before.</summary>
    Taken = 0,

    /// <summary>The worker has to be begun first.</summary>
    NotBegun = 1,

    /// <summary>The worker was begun with another chain, or another source of the queue's position.</summary>
    OtherGenesis = 2,

    /// <summary>The genesis does not prove its authorities.</summary>
    GenesisRefused = 3,

    /// <summary>The advance does not lead from the worker's head to a final block.</summary>
    AdvanceRefused = 4,

    /// <summary>The advance was taken, but the proof of facts does not belong to its target. The facts are as they were.</summary>
    FactsRefused = 5,

    /// <summary>No stream that takes entries stands where the hashes begin.</summary>
    UnknownCursor = 6,

    /// <summary>The hashes do not lead to a position that the worker knows, or are too many, or the position that they were to prove is at no waypoint's place.</summary>
    HashesRefused = 7,

    /// <summary>No delivery is under way.</summary>
    NoDelivery = 8,

    /// <summary>The batch begins after the next entry.</summary>
    Gap = 9,

    /// <summary>An entry is not the one that was announced. Those before it are applied.</summary>
    EntryRefused = 10,

    /// <summary>A body is missing, too many, or not the one that its entry has the hash of. The entries before are applied.</summary>
    BodyRefused = 11,

    /// <summary>The worker goes on no more: the status says why.</summary>
    Stopped = 12,

    /// <summary>The bytes are no request.</summary>
    Malformed = 13,
}
