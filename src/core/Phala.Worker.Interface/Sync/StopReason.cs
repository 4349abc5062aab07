using Phala.Codec;

namespace Phala.Worker.Interface.Sync;

/// <summary>Why a worker goes on no more.</summary>
[Scale]
public enum StopReason : byte
{
    /// <summary>Two histories were made final: <c>GetEvidence</c> gives both headers with their justifications.</summary>
    ConflictingFinality = 0,

    /// <summary>A later session of the worker is recorded: a newer start of it, or a clone, has taken over. This one serves nobody until it is started again.</summary>
    SessionSuperseded = 1,

    /// <summary>What was to be written could not be: the disk is full, or failed.</summary>
    StorageFailed = 2,

    /// <summary>It is being stopped.</summary>
    ShuttingDown = 3,
}
