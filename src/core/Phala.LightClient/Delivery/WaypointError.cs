namespace Phala.LightClient.Delivery;

/// <summary>Why a position of the queue is not proven to be one.</summary>
public enum WaypointError : byte
{
    /// <summary>It is.</summary>
    None = 0,

    /// <summary>It is not at a place where positions are kept, or not before the verified head.</summary>
    WrongPlace,

    /// <summary>There are more hashes than entries from one such place to the next.</summary>
    TooManyHashes,

    /// <summary>The hashes end at no position that is known.</summary>
    UnknownEnd,

    /// <summary>The hashes do not lead from it to the position that is known at their end.</summary>
    WrongHashes,
}
